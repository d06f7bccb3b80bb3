package dev.weft.linux.link;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;

/// The data of a bond (`IFLA_BOND_*`; meanings in `Documentation/networking/bonding.rst`).
public final class BondAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("bond");

    /// How traffic is shared among the ports.
    public static final Attribute<BondMode> MODE = TABLE.add(1, "IFLA_BOND_MODE", BondMode.CODEC);

    /// The index of the port in use, in modes that use one.
    public static final Attribute<Integer> ACTIVE_PORT =
            TABLE.add(2, "IFLA_BOND_ACTIVE_SLAVE", Codecs.S32);

    /// Between looks at the ports' carriers, in milliseconds; 0 never.
    public static final Attribute<Long> MONITOR_INTERVAL =
            TABLE.add(3, "IFLA_BOND_MIIMON", Codecs.U32);

    /// How long a carrier must last before the port is used, in milliseconds.
    public static final Attribute<Long> UP_DELAY = TABLE.add(4, "IFLA_BOND_UPDELAY", Codecs.U32);

    /// How long it must be gone before the port is given up, in milliseconds.
    public static final Attribute<Long> DOWN_DELAY =
            TABLE.add(5, "IFLA_BOND_DOWNDELAY", Codecs.U32);

    /// 1 asks the driver's carrier, 0 the old MII ioctl; obsolete since 6.18.
    public static final Attribute<Integer> USE_CARRIER =
            TABLE.add(6, "IFLA_BOND_USE_CARRIER", Codecs.U8);

    /// Between ARP probes, in milliseconds; 0 never.
    public static final Attribute<Long> ARP_INTERVAL =
            TABLE.add(7, "IFLA_BOND_ARP_INTERVAL", Codecs.U32);

    /// Whom the probes ask.
    public static final Attribute<List<Inet4Address>> ARP_TARGETS =
            TABLE.add(8, "IFLA_BOND_ARP_IP_TARGET", Codecs.listOf(Codecs.IPV4, 0));

    /// Which ports' answers are checked: bit 0 active, 1 backup, 2 filter only.
    public static final Attribute<Long> ARP_VALIDATE =
            TABLE.add(9, "IFLA_BOND_ARP_VALIDATE", Codecs.U32);

    /// Whether 0 any or 1 all targets must answer.
    public static final Attribute<Long> ARP_ALL_TARGETS =
            TABLE.add(10, "IFLA_BOND_ARP_ALL_TARGETS", Codecs.U32);

    /// The index of the port preferred; 0 for none.
    public static final Attribute<Integer> PRIMARY = TABLE.add(11, "IFLA_BOND_PRIMARY", Codecs.S32);

    /// When to go back to it: 0 always, 1 if better, 2 on failure.
    public static final Attribute<Integer> PRIMARY_RESELECT =
            TABLE.add(12, "IFLA_BOND_PRIMARY_RESELECT", Codecs.U8);

    /// Who changes addresses on fail-over: 0 ports, 1 the bond, 2 the new port.
    public static final Attribute<Integer> FAIL_OVER_ADDRESS =
            TABLE.add(13, "IFLA_BOND_FAIL_OVER_MAC", Codecs.U8);

    /// What picks the port: 0 layer 2, 1 layers 3 and 4, 2 layers 2 and 3, 3 inner 2 and 3, 4 inner
    /// 3 and 4, 5 VLAN and source address.
    public static final Attribute<Integer> TRANSMIT_HASH =
            TABLE.add(14, "IFLA_BOND_XMIT_HASH_POLICY", Codecs.U8);

    /// How many membership reports follow a fail-over: 0 to 255.
    public static final Attribute<Long> RESEND_IGMP =
            TABLE.add(15, "IFLA_BOND_RESEND_IGMP", Codecs.U32);

    /// How many gratuitous ARPs follow a fail-over.
    public static final Attribute<Integer> PEER_NOTIFICATIONS =
            TABLE.add(16, "IFLA_BOND_NUM_PEER_NOTIF", Codecs.U8);

    /// Whether frames on ports not in use are taken.
    public static final Attribute<Boolean> ALL_PORTS_ACTIVE =
            TABLE.add(17, "IFLA_BOND_ALL_SLAVES_ACTIVE", Codecs.BOOL);

    /// How many ports must work for the bond to have a carrier.
    public static final Attribute<Long> MIN_LINKS =
            TABLE.add(18, "IFLA_BOND_MIN_LINKS", Codecs.U32);

    /// Between learning packets, in seconds; at least 1.
    public static final Attribute<Long> LEARNING_INTERVAL =
            TABLE.add(19, "IFLA_BOND_LP_INTERVAL", Codecs.U32);

    /// In round-robin mode: how many packets before the next port; 0 for random.
    public static final Attribute<Long> PACKETS_PER_PORT =
            TABLE.add(20, "IFLA_BOND_PACKETS_PER_SLAVE", Codecs.U32);

    /// How often the partner shall send: 0 slow (30 s), 1 fast (1 s).
    public static final Attribute<Integer> LACP_RATE =
            TABLE.add(21, "IFLA_BOND_AD_LACP_RATE", Codecs.U8);

    /// Which aggregator is chosen: 0 the stable one, 1 by bandwidth, 2 by number of ports, 3 by
    /// priority (since 6.18).
    public static final Attribute<Integer> AGGREGATOR_SELECT =
            TABLE.add(22, "IFLA_BOND_AD_SELECT", Codecs.U8);

    /// The active aggregator. Read only.
    public static final Attribute<Attributes> AGGREGATOR =
            TABLE.nest(23, "IFLA_BOND_AD_INFO", BondAggregatorAttributes.TABLE);

    /// Its LACP system priority.
    public static final Attribute<Integer> ACTOR_SYSTEM_PRIORITY =
            TABLE.add(24, "IFLA_BOND_AD_ACTOR_SYS_PRIO", Codecs.U16);

    /// The upper ten bits of its LACP port keys.
    public static final Attribute<Integer> USER_PORT_KEY =
            TABLE.add(25, "IFLA_BOND_AD_USER_PORT_KEY", Codecs.U16);

    /// Its LACP system address.
    public static final Attribute<HardwareAddress> ACTOR_SYSTEM =
            TABLE.add(26, "IFLA_BOND_AD_ACTOR_SYSTEM", Codecs.HARDWARE_ADDRESS);

    /// In balance-tlb mode: whether flows move by load.
    public static final Attribute<Boolean> DYNAMIC_BALANCE =
            TABLE.add(27, "IFLA_BOND_TLB_DYNAMIC_LB", Codecs.BOOL);

    /// Between gratuitous ARPs, in milliseconds.
    public static final Attribute<Long> PEER_NOTIFICATION_DELAY =
            TABLE.add(28, "IFLA_BOND_PEER_NOTIF_DELAY", Codecs.U32);

    /// Whether it sends LACP unasked. Since 5.15.
    public static final Attribute<Boolean> LACP_ACTIVE =
            TABLE.add(29, "IFLA_BOND_AD_LACP_ACTIVE", Codecs.BOOL);

    /// How many ARP probes may go unanswered. Since 5.17.
    public static final Attribute<Integer> MISSED_MAX =
            TABLE.add(30, "IFLA_BOND_MISSED_MAX", Codecs.U8);

    /// As [#ARP_TARGETS], for IPv6. Since 5.19.
    public static final Attribute<List<Inet6Address>> NEIGHBOUR_TARGETS =
            TABLE.add(31, "IFLA_BOND_NS_IP6_TARGET", Codecs.listOf(Codecs.IPV6, 0));

    /// Whether a port collects and distributes only together. Since 6.9.
    public static final Attribute<Boolean> COUPLED_CONTROL =
            TABLE.add(32, "IFLA_BOND_COUPLED_CONTROL", Codecs.BOOL);

    /// Whether ARP and neighbour discovery go out by every port, in LACP mode. Since 6.17.
    public static final Attribute<Boolean> BROADCAST_NEIGHBOUR =
            TABLE.add(33, "IFLA_BOND_BROADCAST_NEIGH", Codecs.BOOL);

    private BondAttributes() {}
}
