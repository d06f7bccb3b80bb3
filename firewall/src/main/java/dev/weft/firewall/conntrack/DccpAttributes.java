package dev.weft.firewall.conntrack;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// What is kept of a DCCP connection (`enum ctattr_protoinfo_dccp`); newer kernels track none.
public final class DccpAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("DCCP state");

    public static final Attribute<Integer> STATE =
            TABLE.add(1, "CTA_PROTOINFO_DCCP_STATE", Codecs.U8);

    /// 0 when the original direction is the client's, 1 the server's.
    public static final Attribute<Integer> ROLE =
            TABLE.add(2, "CTA_PROTOINFO_DCCP_ROLE", Codecs.U8);

    public static final Attribute<Long> HANDSHAKE_SEQUENCE =
            TABLE.add(3, "CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ", Codecs.BE64);

    private DccpAttributes() {}
}
