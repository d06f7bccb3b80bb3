package dev.weft.linux.tc;

import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;

/// A rate and how packets are counted against it (`struct tc_ratespec`).
///
/// @param cellLog packets of sizes alike in all but this many low bits share a place in the rate
///   table
/// @param linkLayer see [LinkLayer]; the low four bits of the kernel's byte
/// @param overheadBytes added to each packet
/// @param cellAlign -1 as `tc` sends it
/// @param minimumPacketBytes what a packet counts for at least
/// @param bytesPerSecond 0 to 2^32 - 1; that largest value says that an attribute of 64 bits beside
///   it has the rate
public record RateSpecification(
        int cellLog,
        int linkLayer,
        int overheadBytes,
        int cellAlign,
        int minimumPacketBytes,
        long bytesPerSecond) {
    static final int BYTES = 12;

    /// The largest rate that fits.
    static final long MAX_RATE = 0xffff_ffffL;

    /// No rate: what a peak rate is when there is none.
    static final RateSpecification NONE = new RateSpecification(0, 0, 0, 0, 0, 0);

    static RateSpecification decode(Slice bytes) {
        return new RateSpecification(
                bytes.u8(0),
                bytes.u8(1),
                bytes.u16(2),
                (short) bytes.u16(4),
                bytes.u16(6),
                bytes.u32(8));
    }

    void encode(ByteWriter writer) {
        writer.u8(cellLog)
                .u8(linkLayer)
                .u16(overheadBytes)
                .u16(cellAlign)
                .u16(minimumPacketBytes)
                .s32((int) bytesPerSecond);
    }
}
