package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// The options of fair queueing with controlled delay (`TCA_FQ_CODEL_*`,
/// `include/uapi/linux/pkt_sched.h`).
public final class FqCodelAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("fq_codel");

    /// The delay aimed at, in microseconds.
    public static final Attribute<Long> TARGET = TABLE.add(1, "TCA_FQ_CODEL_TARGET", Codecs.U32);

    /// The most packets that wait.
    public static final Attribute<Long> LIMIT = TABLE.add(2, "TCA_FQ_CODEL_LIMIT", Codecs.U32);

    /// Over which time the delay is watched, in microseconds.
    public static final Attribute<Long> INTERVAL =
            TABLE.add(3, "TCA_FQ_CODEL_INTERVAL", Codecs.U32);

    /// 1 marks packets instead of dropping them where their senders take part in congestion
    /// notification.
    public static final Attribute<Long> ECN = TABLE.add(4, "TCA_FQ_CODEL_ECN", Codecs.U32);

    /// The number of queues.
    public static final Attribute<Long> FLOWS = TABLE.add(5, "TCA_FQ_CODEL_FLOWS", Codecs.U32);

    /// A queue's share of one round, in bytes.
    public static final Attribute<Long> QUANTUM = TABLE.add(6, "TCA_FQ_CODEL_QUANTUM", Codecs.U32);

    /// The delay from which packets are marked, in microseconds.
    public static final Attribute<Long> MARKING_THRESHOLD =
            TABLE.add(7, "TCA_FQ_CODEL_CE_THRESHOLD", Codecs.U32);

    /// How many packets are dropped at once when it overflows.
    public static final Attribute<Long> DROP_BATCH =
            TABLE.add(8, "TCA_FQ_CODEL_DROP_BATCH_SIZE", Codecs.U32);

    /// The most memory that waiting packets take, in bytes.
    public static final Attribute<Long> MEMORY_LIMIT =
            TABLE.add(9, "TCA_FQ_CODEL_MEMORY_LIMIT", Codecs.U32);

    /// Which packets [#MARKING_THRESHOLD] is for: the value of their DS field; since 5.16.
    public static final Attribute<Integer> MARKING_SELECTOR =
            TABLE.add(10, "TCA_FQ_CODEL_CE_THRESHOLD_SELECTOR", Codecs.U8);

    /// Which bits of the DS field [#MARKING_SELECTOR] means; since 5.16.
    public static final Attribute<Integer> MARKING_MASK =
            TABLE.add(11, "TCA_FQ_CODEL_CE_THRESHOLD_MASK", Codecs.U8);

    private FqCodelAttributes() {}
}
