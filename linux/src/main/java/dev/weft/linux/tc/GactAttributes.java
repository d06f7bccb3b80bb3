package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// The options of the action that is nothing but a verdict (`TCA_GACT_*`,
/// `include/uapi/linux/tc_act/tc_gact.h`).
public final class GactAttributes {
    static final String KIND = "gact";

    public static final AttributeTable TABLE = AttributeTable.named(KIND);

    /// When it was made and used.
    public static final Attribute<Slice> TIMES = TABLE.add(1, "TCA_GACT_TM", Codecs.BINARY);

    /// The verdict.
    public static final Attribute<ActionHeader> PARAMETERS =
            TABLE.add(
                    2,
                    "TCA_GACT_PARMS",
                    Codec.struct(
                            "gact action",
                            ActionHeader.BYTES,
                            ActionHeader::decode,
                            (writer, value) -> value.encode(writer)));

    /// Another verdict for some of the packets.
    public static final Attribute<Slice> PROBABILITY = TABLE.add(3, "TCA_GACT_PROB", Codecs.BINARY);

    private GactAttributes() {}
}
