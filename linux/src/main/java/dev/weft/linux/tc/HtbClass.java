package dev.weft.linux.tc;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.AttributeWriter;

/// What is asked of a class in a hierarchical token bucket (`htb`).
///
/// @param rate what it is guaranteed
/// @param ceiling what it may borrow up to
/// @param priority 0 to 7; lower ones borrow first
/// @param quantumBytes its share in one round of borrowing; 0 lets the kernel derive it
public record HtbClass(RateLimit rate, RateLimit ceiling, int priority, long quantumBytes) {
    private static final int MAX_PRIORITY = 7;

    public HtbClass {
        if (priority < 0 || priority > MAX_PRIORITY) {
            throw new InvalidRequestException("a priority is 0 to 7, not " + priority);
        }
        if (quantumBytes < 0 || quantumBytes > RateSpecification.MAX_RATE) {
            throw new InvalidRequestException(
                    "a quantum is 0 to "
                            + RateSpecification.MAX_RATE
                            + " bytes, not "
                            + quantumBytes);
        }
    }

    /// A class that borrows up to a ceiling.
    public static HtbClass of(RateLimit rate, RateLimit ceiling) {
        return new HtbClass(rate, ceiling, 0, 0);
    }

    /// A class that does not borrow.
    public static HtbClass of(RateLimit rate) {
        return of(rate, rate);
    }

    void writeTo(AttributeWriter options) {
        if (rate.exceeds32Bits()) {
            options.put(HtbAttributes.RATE64, rate.bytesPerSecond());
        }
        if (ceiling.exceeds32Bits()) {
            options.put(HtbAttributes.CEILING64, ceiling.bytesPerSecond());
        }
        options.put(
                        HtbAttributes.PARAMETERS,
                        new HtbAttributes.Parameters(
                                rate.specification(),
                                ceiling.specification(),
                                rate.burstTicks(),
                                ceiling.burstTicks(),
                                quantumBytes,
                                0,
                                priority))
                .put(HtbAttributes.RATE_TABLE, rate.table())
                .put(HtbAttributes.CEILING_TABLE, ceiling.table());
    }
}
