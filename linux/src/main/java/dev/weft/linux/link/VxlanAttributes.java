package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.net.Inet4Address;
import java.net.Inet6Address;

/// The data of a VXLAN (`IFLA_VXLAN_*`; RFC 7348).
public final class VxlanAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("vxlan");

    /// The network identifier: 0 to 16,777,215.
    public static final Attribute<Integer> ID = TABLE.add(1, "IFLA_VXLAN_ID", Codecs.S32);

    /// Where frames to unknown addresses go: a multicast group or one remote end.
    public static final Attribute<Inet4Address> GROUP =
            TABLE.add(2, "IFLA_VXLAN_GROUP", Codecs.IPV4);

    /// The index of the link that carries the tunnel.
    public static final Attribute<Integer> LOWER = TABLE.add(3, "IFLA_VXLAN_LINK", Codecs.S32);

    /// The source of what is sent.
    public static final Attribute<Inet4Address> LOCAL =
            TABLE.add(4, "IFLA_VXLAN_LOCAL", Codecs.IPV4);

    /// The outer time to live; 0 for the route's (1 for multicast).
    public static final Attribute<Integer> TTL = TABLE.add(5, "IFLA_VXLAN_TTL", Codecs.U8);

    /// The outer type of service; 1 takes over the inner one.
    public static final Attribute<Integer> TOS = TABLE.add(6, "IFLA_VXLAN_TOS", Codecs.U8);

    /// Whether remote ends are learned from what arrives.
    public static final Attribute<Boolean> LEARNING =
            TABLE.add(7, "IFLA_VXLAN_LEARNING", Codecs.BOOL);

    /// When a learned remote end is forgotten, in seconds; 0 never.
    public static final Attribute<Long> AGEING = TABLE.add(8, "IFLA_VXLAN_AGEING", Codecs.U32);

    /// How many remote ends it may know; 0 for no limit.
    public static final Attribute<Long> LIMIT = TABLE.add(9, "IFLA_VXLAN_LIMIT", Codecs.U32);

    /// The UDP source ports to choose from.
    public static final Attribute<PortRange> PORT_RANGE =
            TABLE.add(10, "IFLA_VXLAN_PORT_RANGE", PortRange.CODEC);

    /// Whether ARP and neighbour solicitations are answered from what is known.
    public static final Attribute<Boolean> PROXY = TABLE.add(11, "IFLA_VXLAN_PROXY", Codecs.BOOL);

    /// Whether frames to a router are routed here where the destination is known.
    public static final Attribute<Boolean> ROUTE_SHORT_CIRCUIT =
            TABLE.add(12, "IFLA_VXLAN_RSC", Codecs.BOOL);

    /// Whether unknown hardware addresses are reported by netlink.
    public static final Attribute<Boolean> LINK_MISS =
            TABLE.add(13, "IFLA_VXLAN_L2MISS", Codecs.BOOL);

    /// Whether unknown IP addresses are reported by netlink.
    public static final Attribute<Boolean> ADDRESS_MISS =
            TABLE.add(14, "IFLA_VXLAN_L3MISS", Codecs.BOOL);

    /// The UDP destination port: 4789 by IANA, 8472 by the kernel's default.
    public static final Attribute<Integer> PORT = TABLE.add(15, "IFLA_VXLAN_PORT", Codecs.BE16);

    /// As [#GROUP], for IPv6.
    public static final Attribute<Inet6Address> GROUP_IPV6 =
            TABLE.add(16, "IFLA_VXLAN_GROUP6", Codecs.IPV6);

    /// As [#LOCAL], for IPv6.
    public static final Attribute<Inet6Address> LOCAL_IPV6 =
            TABLE.add(17, "IFLA_VXLAN_LOCAL6", Codecs.IPV6);

    /// Whether the outer UDP checksum is sent over IPv4.
    public static final Attribute<Boolean> UDP_CHECKSUM =
            TABLE.add(18, "IFLA_VXLAN_UDP_CSUM", Codecs.BOOL);

    /// Whether it is left out over IPv6.
    public static final Attribute<Boolean> UDP_ZERO_CHECKSUM_SEND_IPV6 =
            TABLE.add(19, "IFLA_VXLAN_UDP_ZERO_CSUM6_TX", Codecs.BOOL);

    /// Whether packets without it are taken over IPv6.
    public static final Attribute<Boolean> UDP_ZERO_CHECKSUM_RECEIVE_IPV6 =
            TABLE.add(20, "IFLA_VXLAN_UDP_ZERO_CSUM6_RX", Codecs.BOOL);

    /// Whether the receiver is asked to compute the inner checksum.
    public static final Attribute<Boolean> REMOTE_CHECKSUM_SEND =
            TABLE.add(21, "IFLA_VXLAN_REMCSUM_TX", Codecs.BOOL);

    /// Whether such a request is followed.
    public static final Attribute<Boolean> REMOTE_CHECKSUM_RECEIVE =
            TABLE.add(22, "IFLA_VXLAN_REMCSUM_RX", Codecs.BOOL);

    /// Whether the header carries a policy group taken from the packet's mark.
    public static final Attribute<Boolean> GROUP_POLICY =
            TABLE.add(23, "IFLA_VXLAN_GBP", Codecs.FLAG);

    /// Whether a requested checksum is computed in full at once.
    public static final Attribute<Boolean> REMOTE_CHECKSUM_NO_PARTIAL =
            TABLE.add(24, "IFLA_VXLAN_REMCSUM_NOPARTIAL", Codecs.FLAG);

    /// Whether identifier and remote end come with each packet, from a route or a program.
    public static final Attribute<Boolean> COLLECT_METADATA =
            TABLE.add(25, "IFLA_VXLAN_COLLECT_METADATA", Codecs.BOOL);

    /// The outer IPv6 flow label: 20 bits.
    public static final Attribute<Integer> LABEL = TABLE.add(26, "IFLA_VXLAN_LABEL", Codecs.BE32);

    /// Whether the header names the inner protocol (VXLAN-GPE).
    public static final Attribute<Boolean> PROTOCOL_EXTENSION =
            TABLE.add(27, "IFLA_VXLAN_GPE", Codecs.FLAG);

    /// Whether the inner time to live is taken over.
    public static final Attribute<Boolean> TTL_INHERIT =
            TABLE.add(28, "IFLA_VXLAN_TTL_INHERIT", Codecs.BOOL);

    /// The outer "do not fragment": 0 unset, 1 set, 2 as the inner one.
    public static final Attribute<Integer> DO_NOT_FRAGMENT =
            TABLE.add(29, "IFLA_VXLAN_DF", Codecs.U8);

    /// Whether only listed identifiers are taken, with [#COLLECT_METADATA]. Since 5.18.
    public static final Attribute<Boolean> VNI_FILTER =
            TABLE.add(30, "IFLA_VXLAN_VNIFILTER", Codecs.BOOL);

    /// Whether packets to a tunnel on this host skip the stack. Since 6.4.
    public static final Attribute<Boolean> LOCAL_BYPASS =
            TABLE.add(31, "IFLA_VXLAN_LOCALBYPASS", Codecs.BOOL);

    /// Where the flow label comes from: 0 [#LABEL], 1 the inner packet. Since 6.7.
    public static final Attribute<Long> LABEL_POLICY =
            TABLE.add(32, "IFLA_VXLAN_LABEL_POLICY", Codecs.U32);

    /// Which bits of the eight header bytes count as reserved, as on the wire. Since 6.14.
    public static final Attribute<Slice> RESERVED_BITS =
            TABLE.add(33, "IFLA_VXLAN_RESERVED_BITS", Codecs.BINARY);

    /// Whether multicast leaves by the multicast routing table. Since 6.17.
    public static final Attribute<Boolean> MULTICAST_ROUTED =
            TABLE.add(34, "IFLA_VXLAN_MC_ROUTE", Codecs.BOOL);

    private VxlanAttributes() {}
}
