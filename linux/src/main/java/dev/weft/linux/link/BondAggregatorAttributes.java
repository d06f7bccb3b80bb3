package dev.weft.linux.link;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// The active LACP aggregator of a bond (`IFLA_BOND_AD_INFO_*`). Read only.
public final class BondAggregatorAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("bond aggregator");

    /// Its number.
    public static final Attribute<Integer> ID =
            TABLE.add(1, "IFLA_BOND_AD_INFO_AGGREGATOR", Codecs.U16);

    /// How many ports it has.
    public static final Attribute<Integer> PORTS =
            TABLE.add(2, "IFLA_BOND_AD_INFO_NUM_PORTS", Codecs.U16);

    /// This side's key.
    public static final Attribute<Integer> ACTOR_KEY =
            TABLE.add(3, "IFLA_BOND_AD_INFO_ACTOR_KEY", Codecs.U16);

    /// The other side's key.
    public static final Attribute<Integer> PARTNER_KEY =
            TABLE.add(4, "IFLA_BOND_AD_INFO_PARTNER_KEY", Codecs.U16);

    /// The other side's system address.
    public static final Attribute<HardwareAddress> PARTNER_ADDRESS =
            TABLE.add(5, "IFLA_BOND_AD_INFO_PARTNER_MAC", Codecs.HARDWARE_ADDRESS);

    private BondAggregatorAttributes() {}
}
