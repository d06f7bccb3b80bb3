package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.net.Inet6Address;
import java.util.List;

/// What IPv6 keeps for a link (`IFLA_INET6_*`).
public final class Ipv6LinkAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("IPv6 of a link");

    /// `IF_*`: 0x10 router solicited, 0x20 advertisement received, 0x40 managed, 0x80 other
    /// configuration, 0x80000000 ready. Read only.
    public static final Attribute<Long> FLAGS = TABLE.add(1, "IFLA_INET6_FLAGS", Codecs.U32);

    /// The sysctls of `net.ipv6.conf`, in the order of `DEVCONF_*` from 0. Read only.
    public static final Attribute<List<Integer>> SETTINGS =
            TABLE.add(2, "IFLA_INET6_CONF", Codecs.S32_ARRAY);

    /// How many counters follow, then the counters, in the order of `IPSTATS_MIB_*` from 1. Read
    /// only.
    public static final Attribute<List<Long>> STATISTICS =
            TABLE.add(3, "IFLA_INET6_STATS", Codecs.S64_ARRAY);

    /// Largest reassembly, time stamp, reachable and retransmit time (`struct ifla_cacheinfo`).
    /// Read only.
    public static final Attribute<Slice> CACHE =
            TABLE.add(5, "IFLA_INET6_CACHEINFO", Codecs.BINARY);

    /// How many counters follow, then the counters, in the order of `ICMP6_MIB_*` from 1. Read
    /// only.
    public static final Attribute<List<Long>> ICMP_STATISTICS =
            TABLE.add(6, "IFLA_INET6_ICMP6STATS", Codecs.S64_ARRAY);

    /// The interface identifier used with advertised prefixes; `::` for none.
    public static final Attribute<Inet6Address> TOKEN =
            TABLE.add(7, "IFLA_INET6_TOKEN", Codecs.IPV6);

    /// How interface identifiers come about.
    public static final Attribute<AddressGenerationMode> ADDRESS_GENERATION =
            TABLE.add(8, "IFLA_INET6_ADDR_GEN_MODE", AddressGenerationMode.CODEC);

    /// The MTU of the last router advertisement, in bytes. Read only.
    public static final Attribute<Long> ADVERTISED_MTU =
            TABLE.add(9, "IFLA_INET6_RA_MTU", Codecs.U32);

    private Ipv6LinkAttributes() {}
}
