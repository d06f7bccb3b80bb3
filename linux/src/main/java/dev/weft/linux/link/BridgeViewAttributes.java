package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// What a message of the bridge family says of a bridge or a port of it: link attributes of which
/// two mean something else than elsewhere.
public final class BridgeViewAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("bridge view");

    /// The name.
    public static final Attribute<String> NAME = TABLE.add(3, "IFLA_IFNAME", Codecs.STRING);

    /// The largest packet, in bytes.
    public static final Attribute<Integer> MTU = TABLE.add(4, "IFLA_MTU", Codecs.S32);

    /// The index of the bridge.
    public static final Attribute<Integer> MASTER = TABLE.add(10, "IFLA_MASTER", Codecs.S32);

    /// What the bridge keeps for the port.
    public static final Attribute<Attributes> PORT =
            TABLE.nest(12, "IFLA_PROTINFO", BridgePortAttributes.TABLE);

    /// What it can do at present.
    public static final Attribute<OperationalState> OPERATIONAL_STATE =
            TABLE.add(16, "IFLA_OPERSTATE", OperationalState.CODEC);

    /// VLANs and the like.
    public static final Attribute<Attributes> BRIDGE =
            TABLE.nest(26, "IFLA_AF_SPEC", BridgeViewDataAttributes.TABLE);

    /// See [LinkAttributes#EXTENDED_MASK].
    public static final Attribute<Long> EXTENDED_MASK = TABLE.add(29, "IFLA_EXT_MASK", Codecs.U32);

    private BridgeViewAttributes() {}
}
