package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// The attributes of every discipline, class and filter (`TCA_*`,
/// `include/uapi/linux/rtnetlink.h`).
public final class TrafficAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("traffic control");

    /// The kind, `htb`, `u32`; it decides what [#OPTIONS] holds.
    public static final Attribute<String> KIND = TABLE.add(1, "TCA_KIND", Codecs.STRING);

    /// What the kind asks for. Some old kinds hold a bare structure here.
    public static final Attribute<Slice> OPTIONS =
            TABLE.nestBy(
                    2,
                    "TCA_OPTIONS",
                    siblings -> siblings.find(KIND).flatMap(TrafficKind::tableOf));

    /// Statistics in the form before [#STATISTICS].
    public static final Attribute<Slice> OLD_STATISTICS = TABLE.add(3, "TCA_STATS", Codecs.BINARY);

    /// Statistics of the kind.
    public static final Attribute<Slice> KIND_STATISTICS =
            TABLE.add(4, "TCA_XSTATS", Codecs.BINARY);

    /// An estimator of the rate to be kept.
    public static final Attribute<Slice> RATE_ESTIMATOR = TABLE.add(5, "TCA_RATE", Codecs.BINARY);

    /// What went through.
    public static final Attribute<Attributes> STATISTICS =
            TABLE.nest(7, "TCA_STATS2", StatisticsAttributes.TABLE);

    /// A table of sizes that stand for the packets' own.
    public static final Attribute<Slice> SIZE_TABLE = TABLE.add(8, "TCA_STAB", Codecs.BINARY);

    /// In a dump: show the default disciplines too, which are hidden.
    public static final Attribute<Boolean> SHOW_HIDDEN =
            TABLE.add(10, "TCA_DUMP_INVISIBLE", Codecs.FLAG);

    /// Of a filter: the chain it is in; 0 when absent.
    public static final Attribute<Long> CHAIN = TABLE.add(11, "TCA_CHAIN", Codecs.U32);

    /// Whether the hardware does it.
    public static final Attribute<Boolean> HARDWARE_OFFLOAD =
            TABLE.add(12, "TCA_HW_OFFLOAD", Codecs.BOOL);

    /// Of `ingress` and `clsact`: the block of filters for the way in, which links may share.
    public static final Attribute<Long> INGRESS_BLOCK =
            TABLE.add(13, "TCA_INGRESS_BLOCK", Codecs.U32);

    /// Of `clsact`: the block of filters for the way out.
    public static final Attribute<Long> EGRESS_BLOCK =
            TABLE.add(14, "TCA_EGRESS_BLOCK", Codecs.U32);

    /// In a dump of filters: what to leave out (`TCA_DUMP_FLAGS_TERSE` is 1), as value and mask.
    public static final Attribute<Slice> DUMP_FLAGS =
            TABLE.add(15, "TCA_DUMP_FLAGS", Codecs.BINARY);

    /// A warning that notifications carry; since 6.3.
    public static final Attribute<String> WARNING =
            TABLE.add(16, "TCA_EXT_WARN_MSG", Codecs.STRING);

    private TrafficAttributes() {}
}
