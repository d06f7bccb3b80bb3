package dev.weft.wire;

import java.math.BigInteger;

/// How an interface counts time (section 4.2: if_tsresol, if_tsoffset).
///
/// @param ticksPerSecond any power of ten or two
/// @param offsetSeconds added to every stamp
record PcapngClock(BigInteger ticksPerSecond, long offsetSeconds) {
    private static final BigInteger NANOSECONDS = BigInteger.TEN.pow(9);
    private static final int DEFAULT_RESOLUTION = 6;
    private static final int IS_POWER_OF_TWO = 0x80;

    static PcapngClock of(PcapngOptions options) {
        boolean isGiven = options.byCode().containsKey(PcapngFormat.INTERFACE_TIME_RESOLUTION);
        int resolution =
                isGiven
                        ? (int) options.number(PcapngFormat.INTERFACE_TIME_RESOLUTION, 1)
                        : DEFAULT_RESOLUTION;
        boolean isBinary = (resolution & IS_POWER_OF_TWO) != 0;
        BigInteger base = isBinary ? BigInteger.TWO : BigInteger.TEN;
        return new PcapngClock(
                base.pow(resolution & ~IS_POWER_OF_TWO),
                options.number(PcapngFormat.INTERFACE_TIME_OFFSET, Long.BYTES));
    }

    /// Nanoseconds since 1970 for an unsigned stamp, fractions cut off.
    ///
    /// @throws MalformedPacketException before 1970 and from the year 2262
    long nanoseconds(long stamp) {
        if (stamp >= 0 && offsetSeconds == 0 && ticksPerSecond.equals(NANOSECONDS)) {
            return stamp;
        }
        BigInteger nanoseconds =
                new BigInteger(Long.toUnsignedString(stamp))
                        .multiply(NANOSECONDS)
                        .divide(ticksPerSecond)
                        .add(BigInteger.valueOf(offsetSeconds).multiply(NANOSECONDS));
        if (nanoseconds.signum() < 0 || nanoseconds.bitLength() > 63) {
            throw new MalformedPacketException(
                    "pcapng block",
                    "time stamp",
                    12,
                    "a time from 1970 to 2262",
                    nanoseconds + " ns");
        }
        return nanoseconds.longValue();
    }
}
