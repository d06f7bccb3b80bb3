package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import java.util.List;

/// The data of a VLAN (`IFLA_VLAN_*`).
public final class VlanAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("vlan");

    /// The number of the VLAN: 0 to 4,094.
    public static final Attribute<Integer> ID = TABLE.add(1, "IFLA_VLAN_ID", Codecs.U16);

    /// What it does beyond tagging.
    public static final Attribute<VlanFlags> FLAGS =
            TABLE.add(2, "IFLA_VLAN_FLAGS", VlanFlags.CODEC);

    /// Which packet priority becomes which tag priority on sending.
    public static final Attribute<List<QosMapping>> EGRESS_QOS =
            TABLE.add(3, "IFLA_VLAN_EGRESS_QOS", QosMapping.LIST);

    /// Which tag priority becomes which packet priority on receiving.
    public static final Attribute<List<QosMapping>> INGRESS_QOS =
            TABLE.add(4, "IFLA_VLAN_INGRESS_QOS", QosMapping.LIST);

    /// The Ethernet type of its tags: 0x8100 (802.1Q) or 0x88a8 (802.1ad).
    public static final Attribute<Integer> PROTOCOL =
            TABLE.add(5, "IFLA_VLAN_PROTOCOL", Codecs.BE16);

    private VlanAttributes() {}
}
