package dev.weft.linux.link;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// The data of a bridge (`IFLA_BR_*`). Times are in hundredths of a second, whatever the kernel's
/// tick.
public final class BridgeAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("bridge");

    /// How long a port listens, and then learns, before it forwards, in hundredths of a second; 200
    /// to 3,000 while the spanning tree protocol runs.
    public static final Attribute<Long> FORWARD_DELAY =
            TABLE.add(1, "IFLA_BR_FORWARD_DELAY", Codecs.U32);

    /// Between two hellos of the spanning tree protocol, in hundredths of a second; 100 to 1,000.
    public static final Attribute<Long> HELLO_TIME = TABLE.add(2, "IFLA_BR_HELLO_TIME", Codecs.U32);

    /// When what the spanning tree protocol heard is forgotten, in hundredths of a second; 600 to
    /// 4,000.
    public static final Attribute<Long> MAX_AGE = TABLE.add(3, "IFLA_BR_MAX_AGE", Codecs.U32);

    /// When a learned address is forgotten, in hundredths of a second; 0 turns learning into
    /// flooding.
    public static final Attribute<Long> AGEING_TIME =
            TABLE.add(4, "IFLA_BR_AGEING_TIME", Codecs.U32);

    /// Whether it takes part in the spanning tree protocol: 0 no, 1 in the kernel, 2 in user space.
    public static final Attribute<Integer> STP_STATE =
            TABLE.add(5, "IFLA_BR_STP_STATE", Codecs.S32);

    /// Its priority to become the root of the spanning tree, lowest first.
    public static final Attribute<Integer> PRIORITY = TABLE.add(6, "IFLA_BR_PRIORITY", Codecs.U16);

    /// Whether ports only carry the VLANs they are members of.
    public static final Attribute<Boolean> VLAN_FILTERING =
            TABLE.add(7, "IFLA_BR_VLAN_FILTERING", Codecs.BOOL);

    /// The Ethernet type of VLAN tags: 0x8100 (802.1Q) or 0x88a8 (802.1ad).
    public static final Attribute<Integer> VLAN_PROTOCOL =
            TABLE.add(8, "IFLA_BR_VLAN_PROTOCOL", Codecs.BE16);

    /// Which link-local group addresses `01:80:c2:00:00:0X` are forwarded, one bit each; bits 0 to
    /// 2 are refused.
    public static final Attribute<Integer> GROUP_FORWARD_MASK =
            TABLE.add(9, "IFLA_BR_GROUP_FWD_MASK", Codecs.U16);

    /// The root of the spanning tree. Read only.
    public static final Attribute<BridgeId> ROOT_ID =
            TABLE.add(10, "IFLA_BR_ROOT_ID", BridgeId.CODEC);

    /// The bridge itself in the spanning tree. Read only.
    public static final Attribute<BridgeId> BRIDGE_ID =
            TABLE.add(11, "IFLA_BR_BRIDGE_ID", BridgeId.CODEC);

    /// The number of the port towards the root; 0 on the root itself. Read only.
    public static final Attribute<Integer> ROOT_PORT =
            TABLE.add(12, "IFLA_BR_ROOT_PORT", Codecs.U16);

    /// What the way to the root costs. Read only.
    public static final Attribute<Long> ROOT_PATH_COST =
            TABLE.add(13, "IFLA_BR_ROOT_PATH_COST", Codecs.U32);

    /// Whether the topology is changing. Read only.
    public static final Attribute<Boolean> TOPOLOGY_CHANGE =
            TABLE.add(14, "IFLA_BR_TOPOLOGY_CHANGE", Codecs.BOOL);

    /// Whether this bridge saw the topology change. Read only.
    public static final Attribute<Boolean> TOPOLOGY_CHANGE_DETECTED =
            TABLE.add(15, "IFLA_BR_TOPOLOGY_CHANGE_DETECTED", Codecs.BOOL);

    /// Until the next hello, in hundredths of a second. Read only.
    public static final Attribute<Long> HELLO_TIMER =
            TABLE.add(16, "IFLA_BR_HELLO_TIMER", Codecs.U64);

    /// Until the next notice of a topology change, in hundredths of a second. Read only.
    public static final Attribute<Long> TOPOLOGY_NOTICE_TIMER =
            TABLE.add(17, "IFLA_BR_TCN_TIMER", Codecs.U64);

    /// Until a topology change counts as over, in hundredths of a second. Read only.
    public static final Attribute<Long> TOPOLOGY_CHANGE_TIMER =
            TABLE.add(18, "IFLA_BR_TOPOLOGY_CHANGE_TIMER", Codecs.U64);

    /// Until old addresses are looked for, in hundredths of a second. Read only.
    public static final Attribute<Long> GARBAGE_TIMER =
            TABLE.add(19, "IFLA_BR_GC_TIMER", Codecs.U64);

    /// The group address of the spanning tree protocol.
    public static final Attribute<HardwareAddress> GROUP_ADDRESS =
            TABLE.add(20, "IFLA_BR_GROUP_ADDR", Codecs.HARDWARE_ADDRESS);

    /// Forgets all learned addresses. Write only.
    public static final Attribute<Boolean> FORGET_ADDRESSES =
            TABLE.add(21, "IFLA_BR_FDB_FLUSH", Codecs.FLAG);

    /// Whether the bridge itself counts as a multicast router: 0 never, 1 when queries are seen, 2
    /// always.
    public static final Attribute<Integer> MULTICAST_ROUTER =
            TABLE.add(22, "IFLA_BR_MCAST_ROUTER", Codecs.U8);

    /// Whether group membership is listened to, so that multicast goes only where it is wanted.
    public static final Attribute<Boolean> MULTICAST_SNOOPING =
            TABLE.add(23, "IFLA_BR_MCAST_SNOOPING", Codecs.BOOL);

    /// Whether queries carry the bridge's IPv4 address instead of 0.0.0.0.
    public static final Attribute<Boolean> MULTICAST_QUERY_USES_ADDRESS =
            TABLE.add(24, "IFLA_BR_MCAST_QUERY_USE_IFADDR", Codecs.BOOL);

    /// Whether the bridge asks who wants which group.
    public static final Attribute<Boolean> MULTICAST_QUERIER =
            TABLE.add(25, "IFLA_BR_MCAST_QUERIER", Codecs.BOOL);

    /// Ignored since 4.20, always 16.
    public static final Attribute<Long> MULTICAST_HASH_ELASTICITY =
            TABLE.add(26, "IFLA_BR_MCAST_HASH_ELASTICITY", Codecs.U32);

    /// How many multicast groups it may know.
    public static final Attribute<Long> MULTICAST_HASH_MAX =
            TABLE.add(27, "IFLA_BR_MCAST_HASH_MAX", Codecs.U32);

    /// How many queries are sent after a leave.
    public static final Attribute<Long> MULTICAST_LAST_MEMBER_COUNT =
            TABLE.add(28, "IFLA_BR_MCAST_LAST_MEMBER_CNT", Codecs.U32);

    /// How many queries are sent at the start.
    public static final Attribute<Long> MULTICAST_STARTUP_QUERY_COUNT =
            TABLE.add(29, "IFLA_BR_MCAST_STARTUP_QUERY_CNT", Codecs.U32);

    /// Between queries after a leave, in hundredths of a second.
    public static final Attribute<Long> MULTICAST_LAST_MEMBER_INTERVAL =
            TABLE.add(30, "IFLA_BR_MCAST_LAST_MEMBER_INTVL", Codecs.U64);

    /// When a membership ends without reports, in hundredths of a second.
    public static final Attribute<Long> MULTICAST_MEMBERSHIP_INTERVAL =
            TABLE.add(31, "IFLA_BR_MCAST_MEMBERSHIP_INTVL", Codecs.U64);

    /// When another querier counts as gone, in hundredths of a second.
    public static final Attribute<Long> MULTICAST_QUERIER_INTERVAL =
            TABLE.add(32, "IFLA_BR_MCAST_QUERIER_INTVL", Codecs.U64);

    /// Between queries, in hundredths of a second; at least 100 since 5.17.
    public static final Attribute<Long> MULTICAST_QUERY_INTERVAL =
            TABLE.add(33, "IFLA_BR_MCAST_QUERY_INTVL", Codecs.U64);

    /// How long members may take to answer a query, in hundredths of a second.
    public static final Attribute<Long> MULTICAST_QUERY_RESPONSE_INTERVAL =
            TABLE.add(34, "IFLA_BR_MCAST_QUERY_RESPONSE_INTVL", Codecs.U64);

    /// Between queries at the start, in hundredths of a second; at least 100 since 5.17.
    public static final Attribute<Long> MULTICAST_STARTUP_QUERY_INTERVAL =
            TABLE.add(35, "IFLA_BR_MCAST_STARTUP_QUERY_INTVL", Codecs.U64);

    /// Whether bridged IPv4 packets pass through iptables.
    public static final Attribute<Boolean> CALL_IPTABLES =
            TABLE.add(36, "IFLA_BR_NF_CALL_IPTABLES", Codecs.BOOL);

    /// Whether bridged IPv6 packets pass through ip6tables.
    public static final Attribute<Boolean> CALL_IP6TABLES =
            TABLE.add(37, "IFLA_BR_NF_CALL_IP6TABLES", Codecs.BOOL);

    /// Whether bridged ARP packets pass through arptables.
    public static final Attribute<Boolean> CALL_ARPTABLES =
            TABLE.add(38, "IFLA_BR_NF_CALL_ARPTABLES", Codecs.BOOL);

    /// The VLAN of untagged frames on new ports, 1 to 4,094; 0 for none.
    public static final Attribute<Integer> VLAN_DEFAULT =
            TABLE.add(39, "IFLA_BR_VLAN_DEFAULT_PVID", Codecs.U16);

    /// Whether each VLAN is counted.
    public static final Attribute<Boolean> VLAN_STATISTICS =
            TABLE.add(41, "IFLA_BR_VLAN_STATS_ENABLED", Codecs.BOOL);

    /// Whether multicast control messages are counted.
    public static final Attribute<Boolean> MULTICAST_STATISTICS =
            TABLE.add(42, "IFLA_BR_MCAST_STATS_ENABLED", Codecs.BOOL);

    /// The version of IGMP used for queries: 2 or 3.
    public static final Attribute<Integer> IGMP_VERSION =
            TABLE.add(43, "IFLA_BR_MCAST_IGMP_VERSION", Codecs.U8);

    /// The version of MLD used for queries: 1 or 2.
    public static final Attribute<Integer> MLD_VERSION =
            TABLE.add(44, "IFLA_BR_MCAST_MLD_VERSION", Codecs.U8);

    /// Whether each VLAN is counted for each port; changed only while there are no VLANs.
    public static final Attribute<Boolean> VLAN_STATISTICS_PER_PORT =
            TABLE.add(45, "IFLA_BR_VLAN_STATS_PER_PORT", Codecs.BOOL);

    /// Switches of newer kernels, many in one.
    public static final Attribute<BridgeOptions> OPTIONS =
            TABLE.add(46, "IFLA_BR_MULTI_BOOLOPT", BridgeOptions.CODEC);

    /// Who asks for memberships at present. Read only, since 5.15.
    public static final Attribute<Attributes> MULTICAST_QUERIER_STATE =
            TABLE.nest(47, "IFLA_BR_MCAST_QUERIER_STATE", MulticastQuerierAttributes.TABLE);

    /// How many addresses it has learned. Read only, since 6.7.
    public static final Attribute<Long> LEARNED_ADDRESSES =
            TABLE.add(48, "IFLA_BR_FDB_N_LEARNED", Codecs.U32);

    /// How many addresses it may learn; 0 for no limit. Since 6.7.
    public static final Attribute<Long> MAX_LEARNED_ADDRESSES =
            TABLE.add(49, "IFLA_BR_FDB_MAX_LEARNED", Codecs.U32);

    private BridgeAttributes() {}
}
