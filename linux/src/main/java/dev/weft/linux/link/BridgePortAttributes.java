package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// What a bridge keeps for each of its ports (`IFLA_BRPORT_*`).
public final class BridgePortAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("bridge port");

    /// Where it is in the spanning tree protocol; may be set while the kernel does not run the
    /// protocol.
    public static final Attribute<BridgePortState> STATE =
            TABLE.add(1, "IFLA_BRPORT_STATE", BridgePortState.CODEC);

    /// Its priority in the spanning tree, 0 to 63.
    public static final Attribute<Integer> PRIORITY =
            TABLE.add(2, "IFLA_BRPORT_PRIORITY", Codecs.U16);

    /// What the way through it costs, 1 to 65,535.
    public static final Attribute<Long> COST = TABLE.add(3, "IFLA_BRPORT_COST", Codecs.U32);

    /// Whether a frame may leave by the port it came in by: a container reaches itself through a
    /// published port only with this.
    public static final Attribute<Boolean> HAIRPIN = TABLE.add(4, "IFLA_BRPORT_MODE", Codecs.BOOL);

    /// Whether spanning tree messages are refused.
    public static final Attribute<Boolean> GUARD = TABLE.add(5, "IFLA_BRPORT_GUARD", Codecs.BOOL);

    /// Whether the port may not become the way to the root.
    public static final Attribute<Boolean> PROTECT =
            TABLE.add(6, "IFLA_BRPORT_PROTECT", Codecs.BOOL);

    /// Whether a multicast group ends at once when a leave is seen.
    public static final Attribute<Boolean> FAST_LEAVE =
            TABLE.add(7, "IFLA_BRPORT_FAST_LEAVE", Codecs.BOOL);

    /// Whether source addresses are learned.
    public static final Attribute<Boolean> LEARNING =
            TABLE.add(8, "IFLA_BRPORT_LEARNING", Codecs.BOOL);

    /// Whether frames to unknown addresses are sent out.
    public static final Attribute<Boolean> UNICAST_FLOOD =
            TABLE.add(9, "IFLA_BRPORT_UNICAST_FLOOD", Codecs.BOOL);

    /// Whether the bridge answers ARP for hosts it knows behind other ports.
    public static final Attribute<Boolean> PROXY_ARP =
            TABLE.add(10, "IFLA_BRPORT_PROXYARP", Codecs.BOOL);

    /// Whether addresses learned by hardware are taken over.
    public static final Attribute<Boolean> LEARNING_SYNC =
            TABLE.add(11, "IFLA_BRPORT_LEARNING_SYNC", Codecs.BOOL);

    /// Proxy ARP as IEEE 802.11 and Hotspot 2.0 want it.
    public static final Attribute<Boolean> PROXY_ARP_WIFI =
            TABLE.add(12, "IFLA_BRPORT_PROXYARP_WIFI", Codecs.BOOL);

    /// The root that the port's segment believes in. Read only.
    public static final Attribute<BridgeId> ROOT_ID =
            TABLE.add(13, "IFLA_BRPORT_ROOT_ID", BridgeId.CODEC);

    /// The segment's bridge towards the root. Read only.
    public static final Attribute<BridgeId> BRIDGE_ID =
            TABLE.add(14, "IFLA_BRPORT_BRIDGE_ID", BridgeId.CODEC);

    /// That bridge's port. Read only.
    public static final Attribute<Integer> DESIGNATED_PORT =
            TABLE.add(15, "IFLA_BRPORT_DESIGNATED_PORT", Codecs.U16);

    /// What the way from that bridge to the root costs. Read only.
    public static final Attribute<Integer> DESIGNATED_COST =
            TABLE.add(16, "IFLA_BRPORT_DESIGNATED_COST", Codecs.U16);

    /// Priority and number of the port in one, as on the wire. Read only.
    public static final Attribute<Integer> ID = TABLE.add(17, "IFLA_BRPORT_ID", Codecs.U16);

    /// The number of the port on its bridge, from 1. Read only.
    public static final Attribute<Integer> NUMBER = TABLE.add(18, "IFLA_BRPORT_NO", Codecs.U16);

    /// Whether a topology change is being acknowledged. Read only.
    public static final Attribute<Boolean> TOPOLOGY_CHANGE_ACKNOWLEDGED =
            TABLE.add(19, "IFLA_BRPORT_TOPOLOGY_CHANGE_ACK", Codecs.BOOL);

    /// Whether a spanning tree message waits to be sent. Read only.
    public static final Attribute<Boolean> CONFIGURATION_PENDING =
            TABLE.add(20, "IFLA_BRPORT_CONFIG_PENDING", Codecs.BOOL);

    /// Until what was heard is forgotten, in hundredths of a second. Read only.
    public static final Attribute<Long> MESSAGE_AGE_TIMER =
            TABLE.add(21, "IFLA_BRPORT_MESSAGE_AGE_TIMER", Codecs.U64);

    /// Until the next state, in hundredths of a second. Read only.
    public static final Attribute<Long> FORWARD_DELAY_TIMER =
            TABLE.add(22, "IFLA_BRPORT_FORWARD_DELAY_TIMER", Codecs.U64);

    /// Until the next message may be sent, in hundredths of a second. Read only.
    public static final Attribute<Long> HOLD_TIMER =
            TABLE.add(23, "IFLA_BRPORT_HOLD_TIMER", Codecs.U64);

    /// Forgets the addresses learned on it. Write only.
    public static final Attribute<Boolean> FORGET_ADDRESSES =
            TABLE.add(24, "IFLA_BRPORT_FLUSH", Codecs.FLAG);

    /// Whether a multicast router is behind it: 0 no, 1 when queries are seen, 2 yes, 3 for a
    /// while.
    public static final Attribute<Integer> MULTICAST_ROUTER =
            TABLE.add(25, "IFLA_BRPORT_MULTICAST_ROUTER", Codecs.U8);

    /// Whether multicast that nobody asked for is sent out.
    public static final Attribute<Boolean> MULTICAST_FLOOD =
            TABLE.add(27, "IFLA_BRPORT_MCAST_FLOOD", Codecs.BOOL);

    /// Whether multicast is sent to each member as unicast.
    public static final Attribute<Boolean> MULTICAST_TO_UNICAST =
            TABLE.add(28, "IFLA_BRPORT_MCAST_TO_UCAST", Codecs.BOOL);

    /// Whether VLANs are mapped to tunnel identifiers.
    public static final Attribute<Boolean> VLAN_TUNNEL =
            TABLE.add(29, "IFLA_BRPORT_VLAN_TUNNEL", Codecs.BOOL);

    /// Whether broadcasts are sent out.
    public static final Attribute<Boolean> BROADCAST_FLOOD =
            TABLE.add(30, "IFLA_BRPORT_BCAST_FLOOD", Codecs.BOOL);

    /// Which link-local group addresses are forwarded, one bit each.
    public static final Attribute<Integer> GROUP_FORWARD_MASK =
            TABLE.add(31, "IFLA_BRPORT_GROUP_FWD_MASK", Codecs.U16);

    /// Whether ARP and neighbour solicitations are answered from what is known instead of flooded.
    public static final Attribute<Boolean> NEIGHBOUR_SUPPRESS =
            TABLE.add(32, "IFLA_BRPORT_NEIGH_SUPPRESS", Codecs.BOOL);

    /// Whether the port may not talk to other isolated ports.
    public static final Attribute<Boolean> ISOLATED =
            TABLE.add(33, "IFLA_BRPORT_ISOLATED", Codecs.BOOL);

    /// The index of the port that takes over when this one loses its carrier; 0 for none.
    public static final Attribute<Integer> BACKUP_PORT =
            TABLE.add(34, "IFLA_BRPORT_BACKUP_PORT", Codecs.S32);

    /// Whether the media redundancy ring through it is open. Read only.
    public static final Attribute<Boolean> RING_OPEN =
            TABLE.add(35, "IFLA_BRPORT_MRP_RING_OPEN", Codecs.BOOL);

    /// Whether the media redundancy interconnection through it is open. Read only.
    public static final Attribute<Boolean> INTERCONNECT_OPEN =
            TABLE.add(36, "IFLA_BRPORT_MRP_IN_OPEN", Codecs.BOOL);

    /// How many group members are tracked one by one.
    public static final Attribute<Long> MULTICAST_HOSTS_LIMIT =
            TABLE.add(37, "IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT", Codecs.U32);

    /// How many are tracked at present. Read only.
    public static final Attribute<Long> MULTICAST_HOSTS =
            TABLE.add(38, "IFLA_BRPORT_MCAST_EHT_HOSTS_CNT", Codecs.U32);

    /// Whether frames are only taken from addresses that the bridge has an entry for.
    public static final Attribute<Boolean> LOCKED =
            TABLE.add(39, "IFLA_BRPORT_LOCKED", Codecs.BOOL);

    /// Whether a locked port records unknown sources as locked entries. Since 6.2.
    public static final Attribute<Boolean> AUTHENTICATION_BYPASS =
            TABLE.add(40, "IFLA_BRPORT_MAB", Codecs.BOOL);

    /// How many multicast groups it is in. Read only, since 6.3.
    public static final Attribute<Long> MULTICAST_GROUPS =
            TABLE.add(41, "IFLA_BRPORT_MCAST_N_GROUPS", Codecs.U32);

    /// How many multicast groups it may be in; 0 for no limit. Since 6.3.
    public static final Attribute<Long> MULTICAST_MAX_GROUPS =
            TABLE.add(42, "IFLA_BRPORT_MCAST_MAX_GROUPS", Codecs.U32);

    /// Whether [#NEIGHBOUR_SUPPRESS] is decided for each VLAN. Since 6.4.
    public static final Attribute<Boolean> NEIGHBOUR_VLAN_SUPPRESS =
            TABLE.add(43, "IFLA_BRPORT_NEIGH_VLAN_SUPPRESS", Codecs.BOOL);

    /// The next-hop object for frames that go to the backup port. Since 6.5.
    public static final Attribute<Long> BACKUP_NEXT_HOP =
            TABLE.add(44, "IFLA_BRPORT_BACKUP_NHID", Codecs.U32);

    private BridgePortAttributes() {}
}
