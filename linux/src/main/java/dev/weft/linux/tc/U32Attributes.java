package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// The options of a filter over 32-bit words (`TCA_U32_*`, `include/uapi/linux/pkt_cls.h`).
public final class U32Attributes {
    public static final AttributeTable TABLE = AttributeTable.named("u32");

    /// The class for matching packets.
    public static final Attribute<Handle> CLASS =
            TABLE.add(1, "TCA_U32_CLASSID", TrafficCodecs.HANDLE);

    /// The hash table that the filter is in.
    public static final Attribute<Long> HASH_TABLE = TABLE.add(2, "TCA_U32_HASH", Codecs.U32);

    /// The hash table in which a match goes on.
    public static final Attribute<Long> LINK = TABLE.add(3, "TCA_U32_LINK", Codecs.U32);

    /// Makes a hash table with this many places, a power of two up to 256.
    public static final Attribute<Long> DIVISOR = TABLE.add(4, "TCA_U32_DIVISOR", Codecs.U32);

    /// What packets match.
    public static final Attribute<U32Selector> SELECTOR =
            TABLE.add(5, "TCA_U32_SEL", U32Selector.CODEC);

    /// A rate limit in the form before actions.
    public static final Attribute<Slice> POLICE = TABLE.add(6, "TCA_U32_POLICE", Codecs.BINARY);

    /// What is done with matching packets.
    public static final Attribute<Attributes> ACTIONS =
            TABLE.nest(7, "TCA_U32_ACT", ActionAttributes.LIST);

    /// Only packets that came in by the link of this name.
    public static final Attribute<String> INPUT_LINK = TABLE.add(8, "TCA_U32_INDEV", Codecs.STRING);

    /// How often it was tried, matched, and each key matched; where the kernel counts.
    public static final Attribute<Slice> COUNTERS = TABLE.add(9, "TCA_U32_PCNT", Codecs.BINARY);

    /// Only packets with this mark: value, mask, and how many had it.
    public static final Attribute<Slice> MARK = TABLE.add(10, "TCA_U32_MARK", Codecs.BINARY);

    /// `TCA_CLS_FLAGS_*`: 1 not in hardware, 2 only in hardware, 8 is not in hardware.
    public static final Attribute<Long> FLAGS = TABLE.add(11, "TCA_U32_FLAGS", Codecs.U32);

    private U32Attributes() {}
}
