package dev.weft.linux.link;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.util.List;

/// The attributes of every link (`IFLA_*`, `include/uapi/linux/if_link.h`).
public final class LinkAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("link");

    /// The link-layer address.
    public static final Attribute<HardwareAddress> ADDRESS =
            TABLE.add(1, "IFLA_ADDRESS", Codecs.HARDWARE_ADDRESS);

    /// The link-layer broadcast address; on a tunnel, the other end.
    public static final Attribute<HardwareAddress> BROADCAST =
            TABLE.add(2, "IFLA_BROADCAST", Codecs.HARDWARE_ADDRESS);

    /// The name: 1 to 15 bytes.
    public static final Attribute<String> NAME = TABLE.add(3, "IFLA_IFNAME", Codecs.STRING);

    /// The largest packet, in bytes, without the link-layer header.
    public static final Attribute<Integer> MTU = TABLE.add(4, "IFLA_MTU", Codecs.S32);

    /// The index of the link below (vlan, macvlan) or of the peer (veth).
    public static final Attribute<Integer> LOWER = TABLE.add(5, "IFLA_LINK", Codecs.S32);

    /// The name of the queueing discipline at the root.
    public static final Attribute<String> QDISC = TABLE.add(6, "IFLA_QDISC", Codecs.STRING);

    /// [#STATISTICS] cut to 32 bits, for old programs.
    public static final Attribute<Slice> STATISTICS_32 = TABLE.add(7, "IFLA_STATS", Codecs.BINARY);

    /// The index of the bridge, bond or VRF it is a port of; 0 takes it out.
    public static final Attribute<Integer> MASTER = TABLE.add(10, "IFLA_MASTER", Codecs.S32);

    /// The length of the transmit queue, in packets.
    public static final Attribute<Integer> TRANSMIT_QUEUE_LENGTH =
            TABLE.add(13, "IFLA_TXQLEN", Codecs.S32);

    /// Memory and interrupt of old hardware (`struct rtnl_link_ifmap`).
    public static final Attribute<Slice> HARDWARE_MAP = TABLE.add(14, "IFLA_MAP", Codecs.BINARY);

    /// What it can do at present.
    public static final Attribute<OperationalState> OPERATIONAL_STATE =
            TABLE.add(16, "IFLA_OPERSTATE", OperationalState.CODEC);

    /// Who decides that it is up: 0 the driver, 1 user space (dormant until told), 2 under test.
    public static final Attribute<Integer> MODE = TABLE.add(17, "IFLA_LINKMODE", Codecs.U8);

    /// What kind of link it is, and the kind's own data.
    public static final Attribute<Attributes> INFO =
            TABLE.nest(18, "IFLA_LINKINFO", LinkInfoAttributes.TABLE);

    /// A process in whose namespace the link is to be. Write only.
    public static final Attribute<Integer> NAMESPACE_PID =
            TABLE.add(19, "IFLA_NET_NS_PID", Codecs.S32);

    /// A text of up to 255 bytes that the owner may set; empty to remove it. The kernel ignores it
    /// when a link is created; [Links#create] does not.
    public static final Attribute<String> ALIAS = TABLE.add(20, "IFLA_IFALIAS", Codecs.STRING);

    /// How many virtual functions its hardware has, when [#EXTENDED_MASK] asks. Read only.
    public static final Attribute<Integer> VIRTUAL_FUNCTIONS =
            TABLE.add(21, "IFLA_NUM_VF", Codecs.S32);

    /// The virtual functions.
    public static final Attribute<Slice> VIRTUAL_FUNCTION_LIST =
            TABLE.add(22, "IFLA_VFINFO_LIST", Codecs.BINARY);

    /// What was counted. Read only.
    public static final Attribute<LinkStatistics> STATISTICS =
            TABLE.add(23, "IFLA_STATS64", LinkStatistics.CODEC);

    /// Port profiles of the virtual functions.
    public static final Attribute<Slice> VIRTUAL_FUNCTION_PORTS =
            TABLE.add(24, "IFLA_VF_PORTS", Codecs.BINARY);

    /// Port profile of the link itself.
    public static final Attribute<Slice> PORT_SELF = TABLE.add(25, "IFLA_PORT_SELF", Codecs.BINARY);

    /// What the address families keep for it.
    public static final Attribute<Attributes> FAMILIES =
            TABLE.nest(26, "IFLA_AF_SPEC", FamilyAttributes.TABLE);

    /// The group, for acting on many links at once; 0 is the default one.
    public static final Attribute<Integer> GROUP = TABLE.add(27, "IFLA_GROUP", Codecs.S32);

    /// A descriptor of the namespace in which the link is to be. Write only.
    public static final Attribute<Integer> NAMESPACE_DESCRIPTOR =
            TABLE.add(28, "IFLA_NET_NS_FD", Codecs.S32);

    /// What an answer shall hold beyond the usual, or leave out (`RTEXT_FILTER_*`): 0x1 virtual
    /// functions, 0x2 bridge VLANs, 0x4 the same as ranges, 0x8 no counters of [#FAMILIES]. Write
    /// only.
    public static final Attribute<Long> EXTENDED_MASK = TABLE.add(29, "IFLA_EXT_MASK", Codecs.U32);

    /// How many users want it promiscuous. Read only.
    public static final Attribute<Long> PROMISCUITY = TABLE.add(30, "IFLA_PROMISCUITY", Codecs.U32);

    /// How many transmit queues it has; on a veth set it to 1, as the default costs time.
    public static final Attribute<Integer> TRANSMIT_QUEUES =
            TABLE.add(31, "IFLA_NUM_TX_QUEUES", Codecs.S32);

    /// How many receive queues it has.
    public static final Attribute<Integer> RECEIVE_QUEUES =
            TABLE.add(32, "IFLA_NUM_RX_QUEUES", Codecs.S32);

    /// Whether it has a carrier; kinds without one of their own let it be set.
    public static final Attribute<Boolean> CARRIER = TABLE.add(33, "IFLA_CARRIER", Codecs.BOOL);

    /// The same on all links that share a physical port. Read only.
    public static final Attribute<Slice> PHYSICAL_PORT =
            TABLE.add(34, "IFLA_PHYS_PORT_ID", Codecs.BINARY);

    /// How often the carrier came or went. Read only.
    public static final Attribute<Long> CARRIER_CHANGES =
            TABLE.add(35, "IFLA_CARRIER_CHANGES", Codecs.U32);

    /// The same on all ports of a switch in hardware. Read only.
    public static final Attribute<Slice> PHYSICAL_SWITCH =
            TABLE.add(36, "IFLA_PHYS_SWITCH_ID", Codecs.BINARY);

    /// In which namespace [#LOWER] is, when not in the link's own.
    public static final Attribute<Integer> LOWER_NAMESPACE =
            TABLE.add(37, "IFLA_LINK_NETNSID", Codecs.S32);

    /// The name of the physical port. Read only.
    public static final Attribute<String> PHYSICAL_PORT_NAME =
            TABLE.add(38, "IFLA_PHYS_PORT_NAME", Codecs.STRING);

    /// Whether a program holds it down because of an error it saw.
    public static final Attribute<Boolean> PROTOCOL_DOWN =
            TABLE.add(39, "IFLA_PROTO_DOWN", Codecs.BOOL);

    /// Into how many segments at most a large packet is cut behind it.
    public static final Attribute<Long> SEGMENTATION_MAX_SEGMENTS =
            TABLE.add(40, "IFLA_GSO_MAX_SEGS", Codecs.U32);

    /// How large a packet may be that is cut behind it, in bytes.
    public static final Attribute<Long> SEGMENTATION_MAX_BYTES =
            TABLE.add(41, "IFLA_GSO_MAX_SIZE", Codecs.U32);

    /// The program that sees packets first.
    public static final Attribute<Attributes> XDP = TABLE.nest(43, "IFLA_XDP", XdpAttributes.TABLE);

    /// Why a notification was sent: 1 restart, 2 features, 3 bond fail-over, 4 peers notified, 5
    /// IGMP resent, 6 bond options. Read only.
    public static final Attribute<Long> EVENT = TABLE.add(44, "IFLA_EVENT", Codecs.U32);

    /// In a notification of a link that leaves: the id of the namespace it goes to. Read only.
    public static final Attribute<Integer> NEW_NAMESPACE_ID =
            TABLE.add(45, "IFLA_NEW_NETNSID", Codecs.S32);

    /// The namespace, by its id, that a request acts in instead of the socket's.
    public static final Attribute<Integer> TARGET_NAMESPACE =
            TABLE.add(46, "IFLA_TARGET_NETNSID", Codecs.S32);

    /// How often the carrier came. Read only.
    public static final Attribute<Long> CARRIER_UPS =
            TABLE.add(47, "IFLA_CARRIER_UP_COUNT", Codecs.U32);

    /// How often the carrier went. Read only.
    public static final Attribute<Long> CARRIER_DOWNS =
            TABLE.add(48, "IFLA_CARRIER_DOWN_COUNT", Codecs.U32);

    /// When moving: the index it shall have there. In a notification: the one it got.
    public static final Attribute<Integer> NEW_INDEX =
            TABLE.add(49, "IFLA_NEW_IFINDEX", Codecs.S32);

    /// The smallest MTU it takes, in bytes. Read only.
    public static final Attribute<Long> MIN_MTU = TABLE.add(50, "IFLA_MIN_MTU", Codecs.U32);

    /// The largest MTU it takes, in bytes; 0 for no limit. Read only.
    public static final Attribute<Long> MAX_MTU = TABLE.add(51, "IFLA_MAX_MTU", Codecs.U32);

    /// Other names, each up to 127 bytes; see [Links#addNames].
    public static final Attribute<List<String>> ALTERNATIVE_NAMES =
            TABLE.add(52, "IFLA_PROP_LIST", Codecs.listOf(Codecs.STRING, 53));

    /// One other name, to find a link by. Write only.
    public static final Attribute<String> ALTERNATIVE_NAME =
            TABLE.add(53, "IFLA_ALT_IFNAME", Codecs.STRING);

    /// The address that the hardware has. Read only.
    public static final Attribute<HardwareAddress> PERMANENT_ADDRESS =
            TABLE.add(54, "IFLA_PERM_ADDRESS", Codecs.HARDWARE_ADDRESS);

    /// Why it is held down.
    public static final Attribute<Attributes> PROTOCOL_DOWN_REASONS =
            TABLE.nest(55, "IFLA_PROTO_DOWN_REASON", ProtocolDownAttributes.TABLE);

    /// The name of the device it sits on, `0000:00:03.0`. Read only.
    public static final Attribute<String> PARENT_DEVICE =
            TABLE.add(56, "IFLA_PARENT_DEV_NAME", Codecs.STRING);

    /// The bus of that device, `pci`. Read only.
    public static final Attribute<String> PARENT_BUS =
            TABLE.add(57, "IFLA_PARENT_DEV_BUS_NAME", Codecs.STRING);

    /// How large a packet may grow on receiving, in bytes.
    public static final Attribute<Long> RECEIVE_OFFLOAD_MAX_BYTES =
            TABLE.add(58, "IFLA_GRO_MAX_SIZE", Codecs.U32);

    /// How large a packet its hardware cuts, in bytes. Read only.
    public static final Attribute<Long> HARDWARE_SEGMENTATION_MAX_BYTES =
            TABLE.add(59, "IFLA_TSO_MAX_SIZE", Codecs.U32);

    /// Into how many segments its hardware cuts. Read only.
    public static final Attribute<Long> HARDWARE_SEGMENTATION_MAX_SEGMENTS =
            TABLE.add(60, "IFLA_TSO_MAX_SEGS", Codecs.U32);

    /// How many users want all multicast. Read only, since 6.0.
    public static final Attribute<Long> ALL_MULTICAST = TABLE.add(61, "IFLA_ALLMULTI", Codecs.U32);

    /// The devlink port it belongs to. Read only, since 6.2.
    public static final Attribute<Slice> DEVLINK_PORT =
            TABLE.add(62, "IFLA_DEVLINK_PORT", Codecs.BINARY);

    /// As [#SEGMENTATION_MAX_BYTES], for IPv4. Since 6.3.
    public static final Attribute<Long> SEGMENTATION_MAX_BYTES_IPV4 =
            TABLE.add(63, "IFLA_GSO_IPV4_MAX_SIZE", Codecs.U32);

    /// As [#RECEIVE_OFFLOAD_MAX_BYTES], for IPv4. Since 6.3.
    public static final Attribute<Long> RECEIVE_OFFLOAD_MAX_BYTES_IPV4 =
            TABLE.add(64, "IFLA_GRO_IPV4_MAX_SIZE", Codecs.U32);

    /// The pin that hands its clock to a phase-locked loop. Read only, since 6.7.
    public static final Attribute<Slice> CLOCK_PIN = TABLE.add(65, "IFLA_DPLL_PIN", Codecs.BINARY);

    /// How far ahead its hardware paces packets, in milliseconds. Read only, since 6.13.
    public static final Attribute<Long> PACING_HORIZON =
            TABLE.add(66, "IFLA_MAX_PACING_OFFLOAD_HORIZON", Codecs.U32);

    /// Whether it cannot be moved to another namespace. Read only, since 6.15.
    public static final Attribute<Boolean> NAMESPACE_IMMUTABLE =
            TABLE.add(67, "IFLA_NETNS_IMMUTABLE", Codecs.BOOL);

    /// What its senders should leave free before a packet, in bytes. Since 6.18.
    public static final Attribute<Integer> HEADROOM = TABLE.add(68, "IFLA_HEADROOM", Codecs.U16);

    /// What its senders should leave free behind a packet, in bytes. Since 6.18.
    public static final Attribute<Integer> TAILROOM = TABLE.add(69, "IFLA_TAILROOM", Codecs.U16);

    private LinkAttributes() {}
}
