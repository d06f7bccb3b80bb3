package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import java.net.Inet4Address;
import java.net.Inet6Address;

/// The data of a Geneve tunnel (`IFLA_GENEVE_*`; RFC 8926).
public final class GeneveAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("geneve");

    /// The network identifier: 0 to 16,777,215.
    public static final Attribute<Integer> ID = TABLE.add(1, "IFLA_GENEVE_ID", Codecs.S32);

    /// The other end.
    public static final Attribute<Inet4Address> REMOTE =
            TABLE.add(2, "IFLA_GENEVE_REMOTE", Codecs.IPV4);

    /// The outer time to live; 0 for the route's.
    public static final Attribute<Integer> TTL = TABLE.add(3, "IFLA_GENEVE_TTL", Codecs.U8);

    /// The outer type of service; 1 takes over the inner one.
    public static final Attribute<Integer> TOS = TABLE.add(4, "IFLA_GENEVE_TOS", Codecs.U8);

    /// The UDP destination port, 6081 by default.
    public static final Attribute<Integer> PORT = TABLE.add(5, "IFLA_GENEVE_PORT", Codecs.BE16);

    /// Whether identifier and remote end come with each packet, from a route or a program.
    public static final Attribute<Boolean> COLLECT_METADATA =
            TABLE.add(6, "IFLA_GENEVE_COLLECT_METADATA", Codecs.FLAG);

    /// As [#REMOTE], for IPv6.
    public static final Attribute<Inet6Address> REMOTE_IPV6 =
            TABLE.add(7, "IFLA_GENEVE_REMOTE6", Codecs.IPV6);

    /// Whether the outer UDP checksum is sent over IPv4.
    public static final Attribute<Boolean> UDP_CHECKSUM =
            TABLE.add(8, "IFLA_GENEVE_UDP_CSUM", Codecs.BOOL);

    /// Whether it is left out over IPv6.
    public static final Attribute<Boolean> UDP_ZERO_CHECKSUM_SEND_IPV6 =
            TABLE.add(9, "IFLA_GENEVE_UDP_ZERO_CSUM6_TX", Codecs.BOOL);

    /// Whether packets without it are taken over IPv6.
    public static final Attribute<Boolean> UDP_ZERO_CHECKSUM_RECEIVE_IPV6 =
            TABLE.add(10, "IFLA_GENEVE_UDP_ZERO_CSUM6_RX", Codecs.BOOL);

    /// The outer IPv6 flow label: 20 bits.
    public static final Attribute<Integer> LABEL = TABLE.add(11, "IFLA_GENEVE_LABEL", Codecs.BE32);

    /// Whether the inner time to live is taken over.
    public static final Attribute<Boolean> TTL_INHERIT =
            TABLE.add(12, "IFLA_GENEVE_TTL_INHERIT", Codecs.BOOL);

    /// The outer "do not fragment": 0 unset, 1 set, 2 as the inner one.
    public static final Attribute<Integer> DO_NOT_FRAGMENT =
            TABLE.add(13, "IFLA_GENEVE_DF", Codecs.U8);

    /// Whether IP packets are carried without an Ethernet header. Since 5.18.
    public static final Attribute<Boolean> INNER_PROTOCOL =
            TABLE.add(14, "IFLA_GENEVE_INNER_PROTO_INHERIT", Codecs.FLAG);

    /// The UDP source ports to choose from. Since 6.15.
    public static final Attribute<PortRange> PORT_RANGE =
            TABLE.add(15, "IFLA_GENEVE_PORT_RANGE", PortRange.CODEC);

    private GeneveAttributes() {}
}
