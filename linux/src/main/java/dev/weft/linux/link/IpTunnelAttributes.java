package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import java.net.Inet4Address;
import java.net.Inet6Address;

/// The data of a tunnel over IPv4, `ipip` or `sit` (`IFLA_IPTUN_*`).
public final class IpTunnelAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("IPv4 tunnel");

    /// The index of the link that carries the tunnel; 0 for what the route says.
    public static final Attribute<Integer> LOWER = TABLE.add(1, "IFLA_IPTUN_LINK", Codecs.S32);

    /// The source of what is sent; 0.0.0.0 for any.
    public static final Attribute<Inet4Address> LOCAL =
            TABLE.add(2, "IFLA_IPTUN_LOCAL", Codecs.IPV4);

    /// The other end; 0.0.0.0 for any.
    public static final Attribute<Inet4Address> REMOTE =
            TABLE.add(3, "IFLA_IPTUN_REMOTE", Codecs.IPV4);

    /// The outer time to live; 0 takes over the inner one.
    public static final Attribute<Integer> TTL = TABLE.add(4, "IFLA_IPTUN_TTL", Codecs.U8);

    /// The outer type of service; 1 takes over the inner one.
    public static final Attribute<Integer> TOS = TABLE.add(5, "IFLA_IPTUN_TOS", Codecs.U8);

    /// On `sit`: bit 0 marks ISATAP.
    public static final Attribute<Integer> FLAGS = TABLE.add(8, "IFLA_IPTUN_FLAGS", Codecs.BE16);

    /// The inner protocol: 4 IPv4, 41 IPv6, 137 MPLS, 0 any.
    public static final Attribute<Integer> PROTOCOL = TABLE.add(9, "IFLA_IPTUN_PROTO", Codecs.U8);

    /// Whether "do not fragment" is set.
    public static final Attribute<Boolean> PATH_MTU_DISCOVERY =
            TABLE.add(10, "IFLA_IPTUN_PMTUDISC", Codecs.BOOL);

    /// On `sit`: the IPv6 prefix of 6rd (RFC 5969).
    public static final Attribute<Inet6Address> RAPID_PREFIX =
            TABLE.add(11, "IFLA_IPTUN_6RD_PREFIX", Codecs.IPV6);

    /// On `sit`: the IPv4 prefix of 6rd.
    public static final Attribute<Inet4Address> RAPID_RELAY_PREFIX =
            TABLE.add(12, "IFLA_IPTUN_6RD_RELAY_PREFIX", Codecs.IPV4);

    /// On `sit`: bits of [#RAPID_PREFIX].
    public static final Attribute<Integer> RAPID_PREFIX_LENGTH =
            TABLE.add(13, "IFLA_IPTUN_6RD_PREFIXLEN", Codecs.U16);

    /// On `sit`: bits of [#RAPID_RELAY_PREFIX].
    public static final Attribute<Integer> RAPID_RELAY_PREFIX_LENGTH =
            TABLE.add(14, "IFLA_IPTUN_6RD_RELAY_PREFIXLEN", Codecs.U16);

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

    private IpTunnelAttributes() {}
}
