package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// What went through a discipline, class or action (`TCA_STATS_*`,
/// `include/uapi/linux/gen_stats.h`).
public final class StatisticsAttributes {
    private static final int BASIC_BYTES = 12;
    private static final int RATE_BYTES = 8;
    private static final int RATE64_BYTES = 16;

    public static final AttributeTable TABLE = AttributeTable.named("traffic statistics");

    /// Bytes and packets; the packets modulo 2^32.
    public static final Attribute<Basic> BASIC =
            TABLE.add(1, "TCA_STATS_BASIC", basic("basic statistics"));

    /// The estimated rate, as far as 32 bits go.
    public static final Attribute<Rate> RATE =
            TABLE.add(
                    2,
                    "TCA_STATS_RATE_EST",
                    Codec.struct(
                            "rate estimate",
                            RATE_BYTES,
                            s -> new Rate(s.u32(0), s.u32(4)),
                            (w, v) ->
                                    w.s32((int) v.bytesPerSecond())
                                            .s32((int) v.packetsPerSecond())));

    /// The state of the queue.
    public static final Attribute<QueueStatistics> QUEUE =
            TABLE.add(3, "TCA_STATS_QUEUE", QueueStatistics.CODEC);

    /// Statistics of the kind.
    public static final Attribute<Slice> KIND = TABLE.add(4, "TCA_STATS_APP", Codecs.BINARY);

    /// The estimated rate.
    public static final Attribute<Rate> RATE64 =
            TABLE.add(
                    5,
                    "TCA_STATS_RATE_EST64",
                    Codec.struct(
                            "rate estimate",
                            RATE64_BYTES,
                            s -> new Rate(s.s64(0), s.s64(8)),
                            (w, v) -> w.s64(v.bytesPerSecond()).s64(v.packetsPerSecond())));

    /// The part of [#BASIC] that hardware handled.
    public static final Attribute<Basic> HARDWARE =
            TABLE.add(7, "TCA_STATS_BASIC_HW", basic("hardware statistics"));

    /// Packets, when they are more than 32 bits count; since 5.5.
    public static final Attribute<Long> PACKETS64 = TABLE.add(8, "TCA_STATS_PKT64", Codecs.U64);

    private StatisticsAttributes() {}

    /// What passed (`struct gnet_stats_basic`).
    ///
    /// @param bytes with link-layer headers
    /// @param packets modulo 2^32
    public record Basic(long bytes, long packets) {}

    /// An estimated rate (`struct gnet_stats_rate_est64`).
    public record Rate(long bytesPerSecond, long packetsPerSecond) {}

    private static Codec<Basic> basic(String name) {
        return Codec.struct(
                name,
                BASIC_BYTES,
                s -> new Basic(s.s64(0), s.u32(8)),
                (w, v) -> w.s64(v.bytes()).s32((int) v.packets()).zeros(4));
    }
}
