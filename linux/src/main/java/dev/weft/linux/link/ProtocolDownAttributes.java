package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// Why a link is held down (`IFLA_PROTO_DOWN_REASON_*`), one bit for each program's reason.
public final class ProtocolDownAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("protocol down reasons");

    /// The bits that are meant. Write only.
    public static final Attribute<Long> MASK =
            TABLE.add(1, "IFLA_PROTO_DOWN_REASON_MASK", Codecs.U32);

    /// The bits that are on.
    public static final Attribute<Long> VALUE =
            TABLE.add(2, "IFLA_PROTO_DOWN_REASON_VALUE", Codecs.U32);

    private ProtocolDownAttributes() {}
}
