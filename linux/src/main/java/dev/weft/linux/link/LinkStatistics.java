package dev.weft.linux.link;

import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import java.util.List;

/// What was counted on a link since it was made (`struct rtnl_link_stats64`). Unsigned 64-bit
/// numbers, as many as this kernel has.
///
/// @param counters in the order of [LinkCounter], perhaps fewer or more
public record LinkStatistics(List<Long> counters) {
    static final Codec<LinkStatistics> CODEC =
            Codecs.S64_ARRAY.as(LinkStatistics::new, LinkStatistics::counters);

    public LinkStatistics {
        counters = List.copyOf(counters);
    }

    /// A counter's value; 0 on a kernel that does not have it.
    public long count(LinkCounter counter) {
        int position = counter.position();
        return position < counters.size() ? counters.get(position) : 0;
    }
}
