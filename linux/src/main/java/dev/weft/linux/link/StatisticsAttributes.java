package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// The answer of `RTM_GETSTATS` (`IFLA_STATS_*`).
public final class StatisticsAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("statistics");

    /// What was counted on the link.
    public static final Attribute<LinkStatistics> LINK =
            TABLE.add(1, "IFLA_STATS_LINK_64", LinkStatistics.CODEC);

    /// What its kind counts.
    public static final Attribute<Slice> KIND =
            TABLE.add(2, "IFLA_STATS_LINK_XSTATS", Codecs.BINARY);

    /// What its master counts.
    public static final Attribute<Slice> PORT =
            TABLE.add(3, "IFLA_STATS_LINK_XSTATS_SLAVE", Codecs.BINARY);

    /// What hardware counts.
    public static final Attribute<Slice> OFFLOAD =
            TABLE.add(4, "IFLA_STATS_LINK_OFFLOAD_XSTATS", Codecs.BINARY);

    /// What address families count.
    public static final Attribute<Slice> FAMILIES =
            TABLE.add(5, "IFLA_STATS_AF_SPEC", Codecs.BINARY);

    private StatisticsAttributes() {}
}
