package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// The options of the action that hands packets to another link (`TCA_MIRRED_*`,
/// `include/uapi/linux/tc_act/tc_mirred.h`).
public final class MirredAttributes {
    static final String KIND = "mirred";
    private static final int BYTES = ActionHeader.BYTES + 8;

    public static final AttributeTable TABLE = AttributeTable.named(KIND);

    /// When it was made and used.
    public static final Attribute<Slice> TIMES = TABLE.add(1, "TCA_MIRRED_TM", Codecs.BINARY);

    /// Which way and where to.
    public static final Attribute<Parameters> PARAMETERS =
            TABLE.add(
                    2,
                    "TCA_MIRRED_PARMS",
                    Codec.struct(
                            "mirred action",
                            BYTES,
                            Parameters::decode,
                            (writer, value) -> value.encode(writer)));

    /// Instead of one link: all of those that share a block of filters; since 6.8.
    public static final Attribute<Long> BLOCK = TABLE.add(4, "TCA_MIRRED_BLOCKID", Codecs.U32);

    private MirredAttributes() {}

    /// Which way and where to (`struct tc_mirred`).
    ///
    /// @param header what all actions have
    /// @param way the number of a [Way]; others are kept
    /// @param linkIndex the other link
    public record Parameters(ActionHeader header, int way, int linkIndex) {
        static Parameters decode(Slice bytes) {
            int after = ActionHeader.BYTES;
            return new Parameters(
                    ActionHeader.decode(bytes), bytes.s32(after), bytes.s32(after + 4));
        }

        void encode(ByteWriter writer) {
            header.encode(writer);
            writer.s32(way).s32(linkIndex);
        }
    }

    /// Whether the packet itself or a copy goes, and on which side of the other link it appears.
    public enum Way {
        /// The packet leaves by the other link.
        REDIRECT_OUT(1, false),
        /// A copy leaves by the other link.
        MIRROR_OUT(2, true),
        /// The packet comes in by the other link.
        REDIRECT_IN(3, false),
        /// A copy comes in by the other link.
        MIRROR_IN(4, true);

        private final int number;
        private final boolean copies;

        Way(int number, boolean copies) {
            this.number = number;
            this.copies = copies;
        }

        /// The kernel's number of it.
        public int number() {
            return number;
        }

        /// The packet's fate: a redirected one is gone, a mirrored one goes on.
        Verdict verdict() {
            return copies ? Verdict.PIPE : Verdict.STOLEN;
        }
    }
}
