package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// The options of a filter for every packet (`TCA_MATCHALL_*`, `include/uapi/linux/pkt_cls.h`).
public final class MatchallAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("matchall");

    /// The class for the packets.
    public static final Attribute<Handle> CLASS =
            TABLE.add(1, "TCA_MATCHALL_CLASSID", TrafficCodecs.HANDLE);

    /// What is done with them.
    public static final Attribute<Attributes> ACTIONS =
            TABLE.nest(2, "TCA_MATCHALL_ACT", ActionAttributes.LIST);

    /// `TCA_CLS_FLAGS_*`: 1 not in hardware, 2 only in hardware, 8 is not in hardware.
    public static final Attribute<Long> FLAGS = TABLE.add(3, "TCA_MATCHALL_FLAGS", Codecs.U32);

    /// How often it was tried.
    public static final Attribute<Slice> COUNTERS =
            TABLE.add(4, "TCA_MATCHALL_PCNT", Codecs.BINARY);

    private MatchallAttributes() {}
}
