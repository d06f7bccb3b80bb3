package dev.weft.linux.tc;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.AttributeWriter;
import org.jspecify.annotations.Nullable;

/// What is asked of a token bucket (`tbf`).
///
/// @param rate the average that it allows, with the burst above it
/// @param limitBytes how much may wait before packets are dropped, 1 to 2^32 - 1
/// @param peak bounds how fast the burst itself goes; its burst is then the largest packet
public record TokenBucket(RateLimit rate, long limitBytes, @Nullable RateLimit peak) {
    private static final double MICROSECONDS_PER_SECOND = 1_000_000;

    public TokenBucket {
        if (limitBytes < 1 || limitBytes > RateSpecification.MAX_RATE) {
            throw new InvalidRequestException(
                    "a limit in bytes is 1 to "
                            + RateSpecification.MAX_RATE
                            + ", not "
                            + limitBytes);
        }
    }

    /// A bucket whose queue holds a number of bytes.
    public static TokenBucket withLimit(RateLimit rate, long limitBytes) {
        return new TokenBucket(rate, limitBytes, null);
    }

    /// A bucket in which a packet waits at most a time, after which the burst is spent.
    public static TokenBucket withLatency(RateLimit rate, long microseconds) {
        double waiting = (double) rate.bytesPerSecond() * microseconds / MICROSECONDS_PER_SECOND;
        return withLimit(rate, (long) (waiting + rate.burstBytes()));
    }

    /// This bucket with a peak rate.
    public TokenBucket peak(RateLimit limit) {
        return new TokenBucket(rate, limitBytes, limit);
    }

    void writeTo(AttributeWriter options) {
        options.put(
                TbfAttributes.PARAMETERS,
                new TbfAttributes.Parameters(
                        rate.specification(),
                        peak == null ? RateSpecification.NONE : peak.specification(),
                        limitBytes,
                        rate.burstTicks(),
                        peak == null ? 0 : peak.burstTicks()));
        options.put(TbfAttributes.BURST, rate.burstBytes());
        if (rate.exceeds32Bits()) {
            options.put(TbfAttributes.RATE64, rate.bytesPerSecond());
        }
        options.put(TbfAttributes.RATE_TABLE, rate.table());
        if (peak != null) {
            writePeakTo(options, peak);
        }
    }

    private static void writePeakTo(AttributeWriter options, RateLimit peak) {
        if (peak.exceeds32Bits()) {
            options.put(TbfAttributes.PEAK_RATE64, peak.bytesPerSecond());
        }
        options.put(TbfAttributes.PEAK_BURST, peak.burstBytes());
        options.put(TbfAttributes.PEAK_TABLE, peak.table());
    }
}
