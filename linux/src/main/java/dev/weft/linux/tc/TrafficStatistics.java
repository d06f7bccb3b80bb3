package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attributes;

/// What went through a discipline, class or action, put together from the kernel's pieces.
///
/// @param bytes with link-layer headers
/// @param packets counted in 64 bits where the kernel does
/// @param queue what waits and what was lost
public record TrafficStatistics(long bytes, long packets, QueueStatistics queue) {
    private static final StatisticsAttributes.Basic NOTHING = new StatisticsAttributes.Basic(0, 0);
    private static final QueueStatistics IDLE = new QueueStatistics(0, 0, 0, 0, 0);

    static TrafficStatistics of(Attributes statistics) {
        StatisticsAttributes.Basic basic = statistics.orElse(StatisticsAttributes.BASIC, NOTHING);
        return new TrafficStatistics(
                basic.bytes(),
                statistics.orElse(StatisticsAttributes.PACKETS64, basic.packets()),
                statistics.orElse(StatisticsAttributes.QUEUE, IDLE));
    }
}
