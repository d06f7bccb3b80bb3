package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// What a VRF tells of each of its ports (`IFLA_VRF_PORT_*`). Read only.
public final class VrfPortAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("vrf port");

    /// The routing table of the VRF it belongs to.
    public static final Attribute<Long> TABLE_ID = TABLE.add(1, "IFLA_VRF_PORT_TABLE", Codecs.U32);

    private VrfPortAttributes() {}
}
