package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import java.net.Inet4Address;

/// The data of `gre`, `gretap` and `erspan` (`IFLA_GRE_*`; RFC 2784, 2890).
public final class GreAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("GRE over IPv4");

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

    /// The source of what is sent; 0.0.0.0 for any.
    public static final Attribute<Inet4Address> LOCAL = TABLE.add(6, "IFLA_GRE_LOCAL", Codecs.IPV4);

    /// The other end; 0.0.0.0 for any.
    public static final Attribute<Inet4Address> REMOTE =
            TABLE.add(7, "IFLA_GRE_REMOTE", Codecs.IPV4);

    /// The outer time to live; 0 takes over the inner one.
    public static final Attribute<Integer> TTL = TABLE.add(8, "IFLA_GRE_TTL", Codecs.U8);

    /// The outer type of service; 1 takes over the inner one.
    public static final Attribute<Integer> TOS = TABLE.add(9, "IFLA_GRE_TOS", Codecs.U8);

    /// Whether "do not fragment" is set.
    public static final Attribute<Boolean> PATH_MTU_DISCOVERY =
            TABLE.add(10, "IFLA_GRE_PMTUDISC", Codecs.BOOL);

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

    /// Whether the inner "do not fragment" is ignored.
    public static final Attribute<Boolean> IGNORE_DO_NOT_FRAGMENT =
            TABLE.add(19, "IFLA_GRE_IGNORE_DF", Codecs.BOOL);

    /// The mark for the route of the outer packet.
    public static final Attribute<Long> MARK = TABLE.add(20, "IFLA_GRE_FWMARK", Codecs.U32);

    /// On `erspan` version 1: the port index, 20 bits.
    public static final Attribute<Long> MIRROR_INDEX =
            TABLE.add(21, "IFLA_GRE_ERSPAN_INDEX", Codecs.U32);

    /// On `erspan`: the version, 0 to 2.
    public static final Attribute<Integer> MIRROR_VERSION =
            TABLE.add(22, "IFLA_GRE_ERSPAN_VER", Codecs.U8);

    /// On `erspan` version 2: 0 received traffic, 1 sent.
    public static final Attribute<Integer> MIRROR_DIRECTION =
            TABLE.add(23, "IFLA_GRE_ERSPAN_DIR", Codecs.U8);

    /// On `erspan` version 2: the hardware identifier, 6 bits.
    public static final Attribute<Integer> MIRROR_HARDWARE =
            TABLE.add(24, "IFLA_GRE_ERSPAN_HWID", Codecs.U16);

    private GreAttributes() {}
}
