package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// The options of a hierarchical token bucket and of its classes (`TCA_HTB_*`,
/// `include/uapi/linux/pkt_sched.h`).
public final class HtbAttributes {
    private static final int PARAMETERS_BYTES = 44;
    private static final int GLOBAL_BYTES = 20;

    public static final AttributeTable TABLE = AttributeTable.named("htb");

    /// Of a class: rates and bursts.
    public static final Attribute<Parameters> PARAMETERS =
            TABLE.add(
                    1,
                    "TCA_HTB_PARMS",
                    Codec.struct(
                            "htb class",
                            PARAMETERS_BYTES,
                            Parameters::decode,
                            (writer, value) -> value.encode(writer)));

    /// Of the discipline: where packets go that no filter sorted.
    public static final Attribute<Global> GLOBAL =
            TABLE.add(
                    2,
                    "TCA_HTB_INIT",
                    Codec.struct(
                            "htb discipline",
                            GLOBAL_BYTES,
                            Global::decode,
                            (writer, value) -> value.encode(writer)));

    /// The times of packet sizes at the ceiling: 256 words, in ticks.
    public static final Attribute<Slice> CEILING_TABLE =
            TABLE.add(3, "TCA_HTB_CTAB", Codecs.BINARY);

    /// The same at the rate.
    public static final Attribute<Slice> RATE_TABLE = TABLE.add(4, "TCA_HTB_RTAB", Codecs.BINARY);

    /// How many packets may wait that go out unshaped.
    public static final Attribute<Long> DIRECT_QUEUE_LENGTH =
            TABLE.add(5, "TCA_HTB_DIRECT_QLEN", Codecs.U32);

    /// The rate in bytes a second, when 32 bits do not hold it.
    public static final Attribute<Long> RATE64 = TABLE.add(6, "TCA_HTB_RATE64", Codecs.U64);

    /// The ceiling in bytes a second, when 32 bits do not hold it.
    public static final Attribute<Long> CEILING64 = TABLE.add(7, "TCA_HTB_CEIL64", Codecs.U64);

    /// The hardware does it; since 5.12.
    public static final Attribute<Boolean> OFFLOAD = TABLE.add(9, "TCA_HTB_OFFLOAD", Codecs.FLAG);

    private HtbAttributes() {}

    /// A class (`struct tc_htb_opt`).
    ///
    /// @param rate what is guaranteed
    /// @param ceiling what it may borrow up to
    /// @param bufferTicks the burst, as the time it takes at the rate
    /// @param ceilingBufferTicks the burst at the ceiling, likewise
    /// @param quantumBytes its share in one round of borrowing; 0 asks for the rate divided by
    ///   [Global#rateToQuantum]
    /// @param level 0 for a leaf; only read
    /// @param priority 0 to 7; lower ones borrow first
    public record Parameters(
            RateSpecification rate,
            RateSpecification ceiling,
            long bufferTicks,
            long ceilingBufferTicks,
            long quantumBytes,
            int level,
            int priority) {

        static Parameters decode(Slice bytes) {
            int second = RateSpecification.BYTES;
            int after = 2 * RateSpecification.BYTES;
            return new Parameters(
                    RateSpecification.decode(bytes),
                    RateSpecification.decode(bytes.from(second)),
                    bytes.u32(after),
                    bytes.u32(after + 4),
                    bytes.u32(after + 8),
                    bytes.s32(after + 12),
                    bytes.s32(after + 16));
        }

        void encode(ByteWriter writer) {
            rate.encode(writer);
            ceiling.encode(writer);
            writer.s32((int) bufferTicks).s32((int) ceilingBufferTicks).s32((int) quantumBytes);
            writer.s32(level).s32(priority);
        }
    }

    /// The discipline (`struct tc_htb_glob`).
    ///
    /// @param version 3, which the kernel insists on
    /// @param rateToQuantum 10 by default
    /// @param defaultClass minor number of the class for packets that no filter sorted; 0 sends
    ///   them out unshaped
    /// @param debug 0
    /// @param directPackets how many went out unshaped; only read
    public record Global(
            int version, int rateToQuantum, int defaultClass, int debug, long directPackets) {

        static Global decode(Slice bytes) {
            return new Global(
                    bytes.s32(0), bytes.s32(4), bytes.s32(8), bytes.s32(12), bytes.u32(16));
        }

        void encode(ByteWriter writer) {
            writer.s32(version).s32(rateToQuantum).s32(defaultClass).s32(debug);
            writer.s32((int) directPackets);
        }
    }
}
