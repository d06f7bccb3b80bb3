package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import java.net.Inet6Address;

/// The data of a tunnel over IPv6, `ip6tnl` (`IFLA_IPTUN_*`; RFC 2473).
public final class Ip6TunnelAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("IPv6 tunnel");

    /// The index of the link that carries the tunnel; 0 for what the route says.
    public static final Attribute<Integer> LOWER = TABLE.add(1, "IFLA_IPTUN_LINK", Codecs.S32);

    /// The source of what is sent; `::` for any.
    public static final Attribute<Inet6Address> LOCAL =
            TABLE.add(2, "IFLA_IPTUN_LOCAL", Codecs.IPV6);

    /// The other end; `::` for any.
    public static final Attribute<Inet6Address> REMOTE =
            TABLE.add(3, "IFLA_IPTUN_REMOTE", Codecs.IPV6);

    /// The outer hop limit; 0 takes over the inner one.
    public static final Attribute<Integer> HOP_LIMIT = TABLE.add(4, "IFLA_IPTUN_TTL", Codecs.U8);

    /// How often a packet may be put into a tunnel.
    public static final Attribute<Integer> ENCAPSULATION_LIMIT =
            TABLE.add(6, "IFLA_IPTUN_ENCAP_LIMIT", Codecs.U8);

    /// The outer traffic class and flow label: 8 and 20 bits.
    public static final Attribute<Integer> FLOW = TABLE.add(7, "IFLA_IPTUN_FLOWINFO", Codecs.BE32);

    /// `IP6_TNL_F_*`: 0x1 no encapsulation limit, 0x2 inner traffic class, 0x4 inner flow label,
    /// 0x8 mobility, 0x10 inner DSCP, 0x20 inner mark, 0x40 remote end may be local.
    public static final Attribute<Long> FLAGS = TABLE.add(8, "IFLA_IPTUN_FLAGS", Codecs.U32);

    /// The inner protocol: 4 IPv4, 41 IPv6, 0 any.
    public static final Attribute<Integer> PROTOCOL = TABLE.add(9, "IFLA_IPTUN_PROTO", Codecs.U8);

    /// What is put around once more: 0 nothing, 1 FOU, 2 GUE.
    public static final Attribute<Integer> ENCAPSULATION =
            TABLE.add(15, "IFLA_IPTUN_ENCAP_TYPE", Codecs.U16);

    /// Of it: bit 0 checksum, 1 checksum over IPv6, 2 remote checksum.
    public static final Attribute<Integer> ENCAPSULATION_FLAGS =
            TABLE.add(16, "IFLA_IPTUN_ENCAP_FLAGS", Codecs.U16);

    /// Its UDP source port; 0 for one by flow.
    public static final Attribute<Integer> ENCAPSULATION_SOURCE_PORT =
            TABLE.add(17, "IFLA_IPTUN_ENCAP_SPORT", Codecs.BE16);

    /// Its UDP destination port.
    public static final Attribute<Integer> ENCAPSULATION_PORT =
            TABLE.add(18, "IFLA_IPTUN_ENCAP_DPORT", Codecs.BE16);

    /// Whether the ends come with each packet, from a route or a program.
    public static final Attribute<Boolean> COLLECT_METADATA =
            TABLE.add(19, "IFLA_IPTUN_COLLECT_METADATA", Codecs.FLAG);

    /// The mark for the route of the outer packet.
    public static final Attribute<Long> MARK = TABLE.add(20, "IFLA_IPTUN_FWMARK", Codecs.U32);

    private Ip6TunnelAttributes() {}
}
