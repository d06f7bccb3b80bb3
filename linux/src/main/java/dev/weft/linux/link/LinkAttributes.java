package dev.weft.linux.link;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// The attributes of every link (`IFLA_*`, `include/uapi/linux/if_link.h`).
public final class LinkAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("link");

    /// The link-layer address.
    public static final Attribute<HardwareAddress> ADDRESS =
            TABLE.add(1, "IFLA_ADDRESS", Codecs.HARDWARE_ADDRESS);

    /// The link-layer broadcast address.
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

    /// The index of the bridge, bond or VRF it is a port of; 0 takes it out.
    public static final Attribute<Integer> MASTER = TABLE.add(10, "IFLA_MASTER", Codecs.S32);

    /// The length of the transmit queue, in packets.
    public static final Attribute<Integer> TRANSMIT_QUEUE_LENGTH =
            TABLE.add(13, "IFLA_TXQLEN", Codecs.S32);

    /// What kind of link it is, and the kind's own data.
    public static final Attribute<Attributes> INFO =
            TABLE.nest(18, "IFLA_LINKINFO", LinkInfoAttributes.TABLE);

    /// A process in whose namespace the link is to be.
    public static final Attribute<Integer> NAMESPACE_PID =
            TABLE.add(19, "IFLA_NET_NS_PID", Codecs.S32);

    /// A text of up to 255 bytes that the owner may set.
    public static final Attribute<String> ALIAS = TABLE.add(20, "IFLA_IFALIAS", Codecs.STRING);

    /// The group, for acting on many links at once; 0 is the default one.
    public static final Attribute<Integer> GROUP = TABLE.add(27, "IFLA_GROUP", Codecs.S32);

    /// A descriptor of the namespace in which the link is to be.
    public static final Attribute<Integer> NAMESPACE_DESCRIPTOR =
            TABLE.add(28, "IFLA_NET_NS_FD", Codecs.S32);

    /// How many transmit queues it has; on a veth set it to 1, as the default costs time.
    public static final Attribute<Integer> TRANSMIT_QUEUES =
            TABLE.add(31, "IFLA_NUM_TX_QUEUES", Codecs.S32);

    /// How many receive queues it has.
    public static final Attribute<Integer> RECEIVE_QUEUES =
            TABLE.add(32, "IFLA_NUM_RX_QUEUES", Codecs.S32);

    /// In which namespace [#LOWER] is, when not in the link's own.
    public static final Attribute<Integer> LOWER_NAMESPACE =
            TABLE.add(37, "IFLA_LINK_NETNSID", Codecs.S32);

    /// Other names, each up to 127 bytes.
    public static final Attribute<Slice> PROPERTIES =
            TABLE.add(52, "IFLA_PROP_LIST", Codecs.BINARY);

    /// One other name, to find a link by.
    public static final Attribute<String> ALTERNATIVE_NAME =
            TABLE.add(53, "IFLA_ALT_IFNAME", Codecs.STRING);

    private LinkAttributes() {}
}
