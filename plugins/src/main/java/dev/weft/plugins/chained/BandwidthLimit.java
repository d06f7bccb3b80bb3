package dev.weft.plugins.chained;

import static dev.weft.plugins.site.CommonKeys.invalid;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.tc.Handle;
import dev.weft.linux.tc.Qdisc;
import dev.weft.linux.tc.QdiscRequest;
import dev.weft.linux.tc.RateSpecification;
import dev.weft.linux.tc.TbfAttributes;
import dev.weft.linux.tc.TbfAttributes.Parameters;
import dev.weft.linux.tc.TrafficKind;

/// How fast one direction may be, as a token bucket with the reference plugin's numbers: so that
/// each accepts what the other made.
///
/// @param bytesPerSecond the average, at least 1
/// @param burstBytes what may go at once, 1 to 2^32 - 2
public record BandwidthLimit(long bytesPerSecond, long burstBytes) {
    /// The name of the bucket on its link.
    static final Handle HANDLE = Handle.of(1, 0);

    private static final long MAX_U32 = 0xffff_ffffL;
    private static final double MICROSECONDS_PER_SECOND = 1_000_000;

    /// How long a packet may wait at most, once the burst is used up.
    private static final double LATENCY_MICROSECONDS = 25_000;

    /// The scheduler's ticks are 64 ns long (`PSCHED_SHIFT` in `include/net/pkt_sched.h`).
    private static final double TICKS_PER_MICROSECOND = 15.625;

    private static final RateSpecification NO_PEAK = new RateSpecification(0, 0, 0, 0, 0, 0);

    /// Of the configuration's numbers.
    ///
    /// @param rate bits a second
    /// @param burst bits
    static BandwidthLimit ofBits(long rate, long burst) {
        BandwidthLimit limit = new BandwidthLimit(rate / Byte.SIZE, burst / Byte.SIZE);
        if (limit.burstBytes >= MAX_U32) {
            throw invalid("burst cannot be more than 4GB");
        }
        if (limit.bytesPerSecond < 1 || limit.burstBytes < 1) {
            throw invalid("rate and burst must be at least 8 bits, not " + rate + " and " + burst);
        }
        return limit;
    }

    /// How much may wait, in bytes.
    public long limitBytes() {
        double waiting = bytesPerSecond * LATENCY_MICROSECONDS / MICROSECONDS_PER_SECOND;
        return Math.min((long) waiting + burstBytes, MAX_U32);
    }

    /// The burst as the time it takes: whole microseconds, in ticks. A burst of less than one would
    /// be none, so that one is exact.
    private double ticks() {
        double microseconds = burstBytes * MICROSECONDS_PER_SECOND / bytesPerSecond;
        return microseconds < 1
                ? Math.ceil(microseconds * TICKS_PER_MICROSECOND)
                : Math.floor(Math.floor(microseconds) * TICKS_PER_MICROSECOND);
    }

    private long bufferTicks() {
        return (long) Math.min(ticks(), MAX_U32);
    }

    /// The request for a bucket at the root of a link.
    public QdiscRequest on(int linkIndex) {
        RateSpecification rate =
                new RateSpecification(0, 0, 0, 0, 0, Math.min(bytesPerSecond, MAX_U32));
        Parameters parameters = new Parameters(rate, NO_PEAK, limitBytes(), bufferTicks(), 0);
        return QdiscRequest.of(TrafficKind.TBF, linkIndex)
                .handle(HANDLE)
                .options(options -> {
                    options.put(TbfAttributes.PARAMETERS, parameters);
                    if (bytesPerSecond > MAX_U32) {
                        options.put(TbfAttributes.RATE64, bytesPerSecond);
                    }
                });
    }

    /// Requires that a bucket has these numbers.
    ///
    /// @throws CniException in the reference plugin's words
    void requireOf(Qdisc bucket) {
        Parameters has =
                bucket.option(TbfAttributes.PARAMETERS)
                        .orElseThrow(() -> failure("Failed to find qdisc"));
        long rate = bucket.option(TbfAttributes.RATE64).orElse(has.rate().bytesPerSecond());
        if (rate != bytesPerSecond) {
            throw failure("Rate doesn't match");
        }
        if (has.limitBytes() != limitBytes()) {
            throw failure("Limit doesn't match");
        }
        if (has.bufferTicks() != bufferTicks() && has.bufferTicks() != wrapped()) {
            throw failure("Buffer doesn't match");
        }
    }

    /// Of a burst that takes longer than 274 seconds the reference plugin keeps the low 32 bits.
    private long wrapped() {
        return (long) ticks() & MAX_U32;
    }

    private static CniException failure(String text) {
        return new CniException(ErrorCode.INTERNAL, text);
    }
}
