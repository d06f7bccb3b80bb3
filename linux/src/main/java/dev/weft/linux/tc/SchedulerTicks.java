package dev.weft.linux.tc;

/// The scheduler's unit of time: 64 ns, `PSCHED_SHIFT` in `include/net/pkt_sched.h`, on every
/// machine since 2.6.31. `/proc/net/psched` says the same in its first two numbers.
///
/// Times are exact and rounded up, so that a burst is never a little too small. `tc` before 6.14
/// cut them to whole microseconds, which made nothing of the bursts of fast links.
final class SchedulerTicks {
    private static final long PER_SECOND = 1_000_000_000 / 64;
    private static final long MAX_TICKS = 0xffff_ffffL;

    private SchedulerTicks() {}

    /// How long bytes take at a rate; at most what 32 bits hold.
    ///
    /// @param bytes 0 to 2^32 - 1
    static long toSend(long bytes, long bytesPerSecond) {
        return Math.min(Math.ceilDiv(bytes * PER_SECOND, bytesPerSecond), MAX_TICKS);
    }
}
