package dev.weft.firewall.conntrack;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// What is kept of a TCP connection (`enum ctattr_protoinfo_tcp`).
public final class TcpAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("TCP state");

    /// See [TcpState].
    public static final Attribute<Integer> STATE =
            TABLE.add(1, "CTA_PROTOINFO_TCP_STATE", Codecs.U8);

    public static final Attribute<Integer> ORIGINAL_WINDOW_SCALE =
            TABLE.add(2, "CTA_PROTOINFO_TCP_WSCALE_ORIGINAL", Codecs.U8);
    public static final Attribute<Integer> REPLY_WINDOW_SCALE =
            TABLE.add(3, "CTA_PROTOINFO_TCP_WSCALE_REPLY", Codecs.U8);

    /// Two bytes: flags of `IP_CT_TCP_FLAG_*`, and which of them to set.
    public static final Attribute<Slice> ORIGINAL_FLAGS =
            TABLE.add(4, "CTA_PROTOINFO_TCP_FLAGS_ORIGINAL", Codecs.BINARY);

    /// As [#ORIGINAL_FLAGS].
    public static final Attribute<Slice> REPLY_FLAGS =
            TABLE.add(5, "CTA_PROTOINFO_TCP_FLAGS_REPLY", Codecs.BINARY);

    private TcpAttributes() {}
}
