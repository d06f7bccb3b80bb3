package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import java.net.Inet6Address;

/// The data of `ip6gre` and `ip6gretap` (`IFLA_GRE_*`).
public final class Ip6GreAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("GRE over IPv6");

    /// The index of the link that carries the tunnel; 0 for what the route says.
    public static final Attribute<Integer> LOWER = TABLE.add(1, "IFLA_GRE_LINK", Codecs.S32);

    /// What must be in received headers: 0x8000 checksum, 0x2000 key, 0x1000 sequence number.
    public static final Attribute<Integer> INPUT_FLAGS =
            TABLE.add(2, "IFLA_GRE_IFLAGS", Codecs.BE16);

    /// What is put into sent headers, as above.
    public static final Attribute<Integer> OUTPUT_FLAGS =
            TABLE.add(3, "IFLA_GRE_OFLAGS", Codecs.BE16);

    /// The key of received packets, when [#INPUT_FLAGS] has it.
    public static final Attribute<Integer> INPUT_KEY = TABLE.add(4, "IFLA_GRE_IKEY", Codecs.BE32);

    /// The key of sent packets, when [#OUTPUT_FLAGS] has it.
    public static final Attribute<Integer> OUTPUT_KEY = TABLE.add(5, "IFLA_GRE_OKEY", Codecs.BE32);

    /// The source of what is sent; `::` for any.
    public static final Attribute<Inet6Address> LOCAL = TABLE.add(6, "IFLA_GRE_LOCAL", Codecs.IPV6);

    /// The other end; `::` for any.
    public static final Attribute<Inet6Address> REMOTE =
            TABLE.add(7, "IFLA_GRE_REMOTE", Codecs.IPV6);

    /// The outer hop limit; 0 takes over the inner one.
    public static final Attribute<Integer> HOP_LIMIT = TABLE.add(8, "IFLA_GRE_TTL", Codecs.U8);

    /// How often a packet may be put into a tunnel.
    public static final Attribute<Integer> ENCAPSULATION_LIMIT =
            TABLE.add(11, "IFLA_GRE_ENCAP_LIMIT", Codecs.U8);

    /// The outer traffic class and flow label: 8 and 20 bits.
    public static final Attribute<Integer> FLOW = TABLE.add(12, "IFLA_GRE_FLOWINFO", Codecs.BE32);

    /// `IP6_TNL_F_*`, see [Ip6TunnelAttributes#FLAGS].
    public static final Attribute<Long> FLAGS = TABLE.add(13, "IFLA_GRE_FLAGS", Codecs.U32);

    /// What is put around once more: 0 nothing, 1 FOU, 2 GUE.
    public static final Attribute<Integer> ENCAPSULATION =
            TABLE.add(14, "IFLA_GRE_ENCAP_TYPE", Codecs.U16);

    /// Of it: bit 0 checksum, 1 checksum over IPv6, 2 remote checksum.
    public static final Attribute<Integer> ENCAPSULATION_FLAGS =
            TABLE.add(15, "IFLA_GRE_ENCAP_FLAGS", Codecs.U16);

    /// Its UDP source port; 0 for one by flow.
    public static final Attribute<Integer> ENCAPSULATION_SOURCE_PORT =
            TABLE.add(16, "IFLA_GRE_ENCAP_SPORT", Codecs.BE16);

    /// Its UDP destination port.
    public static final Attribute<Integer> ENCAPSULATION_PORT =
            TABLE.add(17, "IFLA_GRE_ENCAP_DPORT", Codecs.BE16);

    /// Whether ends and key come with each packet, from a route or a program.
    public static final Attribute<Boolean> COLLECT_METADATA =
            TABLE.add(18, "IFLA_GRE_COLLECT_METADATA", Codecs.FLAG);

    /// The mark for the route of the outer packet.
    public static final Attribute<Long> MARK = TABLE.add(20, "IFLA_GRE_FWMARK", Codecs.U32);

    private Ip6GreAttributes() {}
}
