package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// What is special to bridges in a message of the bridge family (`IFLA_BRIDGE_*`).
public final class BridgeViewDataAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("bridge view data");

    /// Whom a request means: 1 the port's bridge, 2 the link itself.
    public static final Attribute<Integer> FLAGS = TABLE.add(0, "IFLA_BRIDGE_FLAGS", Codecs.U16);

    /// How hardware switches: 0 inside (VEB), 1 outside (VEPA).
    public static final Attribute<Integer> MODE = TABLE.add(1, "IFLA_BRIDGE_MODE", Codecs.U16);

    /// A VLAN, or one end of a range of them; there are many.
    public static final Attribute<BridgeVlanEntry> VLAN =
            TABLE.add(2, "IFLA_BRIDGE_VLAN_INFO", BridgeVlanEntry.CODEC);

    /// A VLAN's tunnel identifier.
    public static final Attribute<Slice> TUNNEL =
            TABLE.add(3, "IFLA_BRIDGE_VLAN_TUNNEL_INFO", Codecs.BINARY);

    /// Media redundancy.
    public static final Attribute<Slice> REDUNDANCY =
            TABLE.add(4, "IFLA_BRIDGE_MRP", Codecs.BINARY);

    /// Connectivity fault management.
    public static final Attribute<Slice> FAULTS = TABLE.add(5, "IFLA_BRIDGE_CFM", Codecs.BINARY);

    /// Spanning trees per group of VLANs.
    public static final Attribute<Slice> SPANNING_TREES =
            TABLE.add(6, "IFLA_BRIDGE_MST", Codecs.BINARY);

    private BridgeViewDataAttributes() {}
}
