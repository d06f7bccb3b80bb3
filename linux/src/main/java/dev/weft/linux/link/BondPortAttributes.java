package dev.weft.linux.link;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// What a bond keeps for each of its ports (`IFLA_BOND_SLAVE_*`).
public final class BondPortAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("bond port");

    /// 0 active, 1 backup. Read only.
    public static final Attribute<Integer> STATE = TABLE.add(1, "IFLA_BOND_SLAVE_STATE", Codecs.U8);

    /// 0 up, 1 failing, 2 down, 3 coming back. Read only.
    public static final Attribute<Integer> CARRIER =
            TABLE.add(2, "IFLA_BOND_SLAVE_MII_STATUS", Codecs.U8);

    /// How often its carrier was lost. Read only.
    public static final Attribute<Long> FAILURES =
            TABLE.add(3, "IFLA_BOND_SLAVE_LINK_FAILURE_COUNT", Codecs.U32);

    /// The address it had before it became a port. Read only.
    public static final Attribute<HardwareAddress> PERMANENT_ADDRESS =
            TABLE.add(4, "IFLA_BOND_SLAVE_PERM_HWADDR", Codecs.HARDWARE_ADDRESS);

    /// The transmit queue that is bound to it; 0 for none.
    public static final Attribute<Integer> QUEUE =
            TABLE.add(5, "IFLA_BOND_SLAVE_QUEUE_ID", Codecs.U16);

    /// The number of its LACP aggregator. Read only.
    public static final Attribute<Integer> AGGREGATOR =
            TABLE.add(6, "IFLA_BOND_SLAVE_AD_AGGREGATOR_ID", Codecs.U16);

    /// This side's LACP state bits. Read only.
    public static final Attribute<Integer> ACTOR_STATE =
            TABLE.add(7, "IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE", Codecs.U8);

    /// The other side's LACP state bits. Read only.
    public static final Attribute<Integer> PARTNER_STATE =
            TABLE.add(8, "IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE", Codecs.U16);

    /// Which port to prefer on fail-over, highest first. Since 6.0.
    public static final Attribute<Integer> PRIORITY =
            TABLE.add(9, "IFLA_BOND_SLAVE_PRIO", Codecs.S32);

    /// Its LACP port priority. Since 6.18.
    public static final Attribute<Integer> ACTOR_PORT_PRIORITY =
            TABLE.add(10, "IFLA_BOND_SLAVE_ACTOR_PORT_PRIO", Codecs.U16);

    private BondPortAttributes() {}
}
