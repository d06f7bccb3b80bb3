package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// The options of a filter that is a BPF program (`TCA_BPF_*`, `include/uapi/linux/pkt_cls.h`).
public final class BpfAttributes {
    /// In [#FLAGS]: the program's result is the verdict itself (`TCA_BPF_FLAG_ACT_DIRECT`).
    public static final long DIRECT_ACTION = 1;

    public static final AttributeTable TABLE = AttributeTable.named("bpf");

    /// What is done with packets that the program chose.
    public static final Attribute<Attributes> ACTIONS =
            TABLE.nest(1, "TCA_BPF_ACT", ActionAttributes.LIST);

    /// A rate limit in the form before actions.
    public static final Attribute<Slice> POLICE = TABLE.add(2, "TCA_BPF_POLICE", Codecs.BINARY);

    /// The class for packets for which the program answers -1.
    public static final Attribute<Handle> CLASS =
            TABLE.add(3, "TCA_BPF_CLASSID", TrafficCodecs.HANDLE);

    /// The length of [#OPERATIONS], in instructions.
    public static final Attribute<Integer> OPERATIONS_LENGTH =
            TABLE.add(4, "TCA_BPF_OPS_LEN", Codecs.U16);

    /// A program in the classic instruction set.
    public static final Attribute<Slice> OPERATIONS = TABLE.add(5, "TCA_BPF_OPS", Codecs.BINARY);

    /// A descriptor of a loaded program. Only asked, not read back.
    public static final Attribute<Integer> DESCRIPTOR = TABLE.add(6, "TCA_BPF_FD", Codecs.S32);

    /// A name for people.
    public static final Attribute<String> NAME = TABLE.add(7, "TCA_BPF_NAME", Codecs.STRING);

    /// [#DIRECT_ACTION] or 0.
    public static final Attribute<Long> FLAGS = TABLE.add(8, "TCA_BPF_FLAGS", Codecs.U32);

    /// `TCA_CLS_FLAGS_*`: 1 not in hardware, 2 only in hardware, 8 is not in hardware.
    public static final Attribute<Long> HARDWARE_FLAGS =
            TABLE.add(9, "TCA_BPF_FLAGS_GEN", Codecs.U32);

    /// A hash of the program's instructions, eight bytes. Only read.
    public static final Attribute<Slice> TAG = TABLE.add(10, "TCA_BPF_TAG", Codecs.BINARY);

    /// The kernel's number of the program. Only read.
    public static final Attribute<Long> ID = TABLE.add(11, "TCA_BPF_ID", Codecs.U32);

    private BpfAttributes() {}
}
