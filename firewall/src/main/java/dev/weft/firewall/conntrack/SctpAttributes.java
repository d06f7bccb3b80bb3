package dev.weft.firewall.conntrack;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// What is kept of an SCTP association (`enum ctattr_protoinfo_sctp`).
public final class SctpAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("SCTP state");

    /// `SCTP_CONNTRACK_*`: 4 when established.
    public static final Attribute<Integer> STATE =
            TABLE.add(1, "CTA_PROTOINFO_SCTP_STATE", Codecs.U8);

    public static final Attribute<Long> ORIGINAL_TAG =
            TABLE.add(2, "CTA_PROTOINFO_SCTP_VTAG_ORIGINAL", Codecs.BE_U32);
    public static final Attribute<Long> REPLY_TAG =
            TABLE.add(3, "CTA_PROTOINFO_SCTP_VTAG_REPLY", Codecs.BE_U32);

    private SctpAttributes() {}
}
