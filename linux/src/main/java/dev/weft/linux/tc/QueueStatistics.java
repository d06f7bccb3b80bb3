package dev.weft.linux.tc;

import dev.weft.linux.netlink.Codec;

/// The state of a queue (`struct gnet_stats_queue`); counters are modulo 2^32.
///
/// @param queuedPackets waiting now
/// @param backlogBytes waiting now
/// @param drops packets thrown away
/// @param requeues packets that the device refused and that came back
/// @param overlimits how often a packet had to wait for its rate, or an action took its share
public record QueueStatistics(
        long queuedPackets, long backlogBytes, long drops, long requeues, long overlimits) {
    private static final int BYTES = 20;

    static final Codec<QueueStatistics> CODEC =
            Codec.struct(
                    "queue statistics",
                    BYTES,
                    s -> new QueueStatistics(s.u32(0), s.u32(4), s.u32(8), s.u32(12), s.u32(16)),
                    (w, v) ->
                            w.s32((int) v.queuedPackets)
                                    .s32((int) v.backlogBytes)
                                    .s32((int) v.drops)
                                    .s32((int) v.requeues)
                                    .s32((int) v.overlimits));
}
