package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// The options of a token bucket (`TCA_TBF_*`, `include/uapi/linux/pkt_sched.h`).
public final class TbfAttributes {
    private static final int PARAMETERS_BYTES = 36;

    public static final AttributeTable TABLE = AttributeTable.named("tbf");

    /// Rates, bucket and queue.
    public static final Attribute<Parameters> PARAMETERS =
            TABLE.add(
                    1,
                    "TCA_TBF_PARMS",
                    Codec.struct(
                            "token bucket",
                            PARAMETERS_BYTES,
                            Parameters::decode,
                            (writer, value) -> value.encode(writer)));

    /// The times of packet sizes at the rate: 256 words, in ticks.
    public static final Attribute<Slice> RATE_TABLE = TABLE.add(2, "TCA_TBF_RTAB", Codecs.BINARY);

    /// The same at the peak rate.
    public static final Attribute<Slice> PEAK_TABLE = TABLE.add(3, "TCA_TBF_PTAB", Codecs.BINARY);

    /// The rate in bytes a second, when 32 bits do not hold it.
    public static final Attribute<Long> RATE64 = TABLE.add(4, "TCA_TBF_RATE64", Codecs.U64);

    /// The peak rate in bytes a second, when 32 bits do not hold it.
    public static final Attribute<Long> PEAK_RATE64 = TABLE.add(5, "TCA_TBF_PRATE64", Codecs.U64);

    /// The burst in bytes; exact where ticks round. Only asked, not read back.
    public static final Attribute<Long> BURST = TABLE.add(6, "TCA_TBF_BURST", Codecs.U32);

    /// The burst at the peak rate in bytes. Only asked, not read back.
    public static final Attribute<Long> PEAK_BURST = TABLE.add(7, "TCA_TBF_PBURST", Codecs.U32);

    private TbfAttributes() {}

    /// The core of a token bucket (`struct tc_tbf_qopt`).
    ///
    /// @param limitBytes how much may wait
    /// @param bufferTicks the burst, as the time it takes at the rate
    /// @param peakBufferTicks the burst at the peak rate, likewise
    public record Parameters(
            RateSpecification rate,
            RateSpecification peakRate,
            long limitBytes,
            long bufferTicks,
            long peakBufferTicks) {

        static Parameters decode(Slice bytes) {
            int second = RateSpecification.BYTES;
            int after = 2 * RateSpecification.BYTES;
            return new Parameters(
                    RateSpecification.decode(bytes),
                    RateSpecification.decode(bytes.from(second)),
                    bytes.u32(after),
                    bytes.u32(after + 4),
                    bytes.u32(after + 8));
        }

        void encode(ByteWriter writer) {
            rate.encode(writer);
            peakRate.encode(writer);
            writer.s32((int) limitBytes).s32((int) bufferTicks).s32((int) peakBufferTicks);
        }
    }
}
