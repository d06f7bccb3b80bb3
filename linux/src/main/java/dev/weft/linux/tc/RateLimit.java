package dev.weft.linux.tc;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;

/// A rate with the burst it allows: a bucket that fills at the rate and holds the burst.
///
/// @param bytesPerSecond at least 1; beyond 2^32 - 1 in 64 bits
/// @param burstBytes what may go at once, 1 to 2^32 - 1; at least the largest packet, or that one
///   never goes
/// @param linkLayer how packets take room
/// @param overheadBytes added to each packet, 0 to 65,535
/// @param minimumPacketBytes what a packet counts for at least, 0 to 65,535
public record RateLimit(
        long bytesPerSecond,
        long burstBytes,
        LinkLayer linkLayer,
        int overheadBytes,
        int minimumPacketBytes) {
    private static final int CELLS = 256;

    /// Cells of eight bytes cover packets of up to 2,048; the kernel itself has calculated without
    /// the table since 3.8, and only checks it.
    private static final int CELL_LOG = 3;

    private static final int MAX_U16 = 0xffff;

    public RateLimit {
        inRange("a rate in bytes a second", bytesPerSecond, 1, Long.MAX_VALUE);
        inRange("a burst in bytes", burstBytes, 1, RateSpecification.MAX_RATE);
        inRange("an overhead in bytes", overheadBytes, 0, MAX_U16);
        inRange("a least packet size in bytes", minimumPacketBytes, 0, MAX_U16);
    }

    /// A limit that counts each packet as long as it is.
    public static RateLimit of(long bytesPerSecond, long burstBytes) {
        return new RateLimit(bytesPerSecond, burstBytes, LinkLayer.ETHERNET, 0, 0);
    }

    private static void inRange(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidRequestException(
                    what + " is " + least + " to " + most + ", not " + value);
        }
    }

    boolean exceeds32Bits() {
        return bytesPerSecond > RateSpecification.MAX_RATE;
    }

    RateSpecification specification() {
        return new RateSpecification(
                CELL_LOG,
                linkLayer.number(),
                overheadBytes,
                -1,
                minimumPacketBytes,
                Math.min(bytesPerSecond, RateSpecification.MAX_RATE));
    }

    /// For each of 256 packet sizes, eight bytes apart, how long one takes.
    Slice table() {
        ByteWriter writer = new ByteWriter();
        for (int cell = 1; cell <= CELLS; cell++) {
            int bytes = Math.max(cell << CELL_LOG, minimumPacketBytes);
            writer.s32((int) SchedulerTicks.toSend(linkLayer.wireBytes(bytes), bytesPerSecond));
        }
        return writer.toSlice();
    }

    long burstTicks() {
        return SchedulerTicks.toSend(burstBytes, bytesPerSecond);
    }
}
