package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// The data of a VRF (`IFLA_VRF_*`).
public final class VrfAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("vrf");

    /// The routing table for everything that goes through it.
    public static final Attribute<Long> TABLE_ID = TABLE.add(1, "IFLA_VRF_TABLE", Codecs.U32);

    private VrfAttributes() {}
}
