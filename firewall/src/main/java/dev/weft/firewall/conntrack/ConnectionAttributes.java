package dev.weft.firewall.conntrack;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// What an entry has (`enum ctattr_type`).
public final class ConnectionAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("connection");

    /// The direction of the first packet.
    public static final Attribute<Attributes> ORIGINAL =
            TABLE.nest(1, "CTA_TUPLE_ORIG", TupleAttributes.TABLE);

    /// The direction of the answers.
    public static final Attribute<Attributes> REPLY =
            TABLE.nest(2, "CTA_TUPLE_REPLY", TupleAttributes.TABLE);

    /// Bits, see [ConnectionStatus].
    public static final Attribute<Integer> STATUS = TABLE.add(3, "CTA_STATUS", Codecs.BE32);

    /// What the protocol keeps, such as the state of TCP.
    public static final Attribute<Attributes> PROTOCOL_STATE =
            TABLE.nest(4, "CTA_PROTOINFO", ProtocolState.TABLE);

    /// Who looks into the flow for others that it announces.
    public static final Attribute<Attributes> HELPER = TABLE.nest(5, "CTA_HELP", Help.TABLE);

    /// Asks for translation of the source; only when an entry is made.
    public static final Attribute<Attributes> SOURCE_NAT =
            TABLE.nest(6, "CTA_NAT_SRC", NatAttributes.TABLE);

    /// Seconds until it vanishes if no packet comes.
    public static final Attribute<Long> TIMEOUT_SECONDS =
            TABLE.add(7, "CTA_TIMEOUT", Codecs.BE_U32);

    /// The mark of the flow, which rules set and read.
    public static final Attribute<Long> MARK = TABLE.add(8, "CTA_MARK", Codecs.BE_U32);

    /// Packets and bytes of the original direction; where accounting is on.
    public static final Attribute<Attributes> ORIGINAL_COUNTERS =
            TABLE.nest(9, "CTA_COUNTERS_ORIG", Counters.TABLE);

    /// Packets and bytes of the reply direction; where accounting is on.
    public static final Attribute<Attributes> REPLY_COUNTERS =
            TABLE.nest(10, "CTA_COUNTERS_REPLY", Counters.TABLE);

    /// How many hold it.
    public static final Attribute<Integer> USE = TABLE.add(11, "CTA_USE", Codecs.BE32);

    /// A number that tells it from a later entry with the same tuples.
    public static final Attribute<Long> ID = TABLE.add(12, "CTA_ID", Codecs.BE_U32);

    /// Asks for translation of the destination; only when an entry is made.
    public static final Attribute<Attributes> DESTINATION_NAT =
            TABLE.nest(13, "CTA_NAT_DST", NatAttributes.TABLE);

    /// The original tuple of the connection that announced this one.
    public static final Attribute<Attributes> MASTER =
            TABLE.nest(14, "CTA_TUPLE_MASTER", TupleAttributes.TABLE);

    public static final Attribute<Attributes> ORIGINAL_SEQUENCE =
            TABLE.nest(15, "CTA_SEQ_ADJ_ORIG", SequenceAdjustment.TABLE);

    public static final Attribute<Attributes> REPLY_SEQUENCE =
            TABLE.nest(16, "CTA_SEQ_ADJ_REPLY", SequenceAdjustment.TABLE);

    /// Of old kernels.
    public static final Attribute<Integer> SECURITY_MARK =
            TABLE.add(17, "CTA_SECMARK", Codecs.BE32);

    /// The number space that its tuples are unique in; 0 when absent.
    public static final Attribute<Integer> ZONE = TABLE.add(18, "CTA_ZONE", Codecs.BE16);

    public static final Attribute<Attributes> SECURITY_CONTEXT =
            TABLE.nest(19, "CTA_SECCTX", SecurityContext.TABLE);

    /// When it began and ended; where timestamps are on.
    public static final Attribute<Attributes> TIMESTAMPS =
            TABLE.nest(20, "CTA_TIMESTAMP", Timestamps.TABLE);

    /// Which bits of the mark count.
    public static final Attribute<Long> MARK_MASK = TABLE.add(21, "CTA_MARK_MASK", Codecs.BE_U32);

    /// 128 bits, in the machine's order.
    public static final Attribute<Slice> LABELS = TABLE.add(22, "CTA_LABELS", Codecs.BINARY);

    /// Which labels count.
    public static final Attribute<Slice> LABELS_MASK =
            TABLE.add(23, "CTA_LABELS_MASK", Codecs.BINARY);

    public static final Attribute<Attributes> SYN_PROXY =
            TABLE.nest(24, "CTA_SYNPROXY", SynProxy.TABLE);

    /// Which parts of the tuples a dump is limited by. Since 5.8.
    public static final Attribute<Attributes> FILTER = TABLE.nest(25, "CTA_FILTER", Filter.TABLE);

    /// Which bits of the status a dump is limited by. Since 5.18.
    public static final Attribute<Integer> STATUS_MASK =
            TABLE.add(26, "CTA_STATUS_MASK", Codecs.BE32);

    /// When the event happened, nanoseconds of the system's clock. Since 6.14.
    public static final Attribute<Long> EVENT_TIMESTAMP =
            TABLE.add(27, "CTA_TIMESTAMP_EVENT", Codecs.BE64);

    private ConnectionAttributes() {}

    /// By protocol (`enum ctattr_protoinfo`).
    public static final class ProtocolState {
        public static final AttributeTable TABLE = AttributeTable.named("protocol state");

        public static final Attribute<Attributes> TCP =
                TABLE.nest(1, "CTA_PROTOINFO_TCP", TcpAttributes.TABLE);
        public static final Attribute<Attributes> DCCP =
                TABLE.nest(2, "CTA_PROTOINFO_DCCP", DccpAttributes.TABLE);
        public static final Attribute<Attributes> SCTP =
                TABLE.nest(3, "CTA_PROTOINFO_SCTP", SctpAttributes.TABLE);

        private ProtocolState() {}
    }

    /// `enum ctattr_help`.
    public static final class Help {
        public static final AttributeTable TABLE = AttributeTable.named("helper");

        /// `ftp`, `sip`.
        public static final Attribute<String> NAME = TABLE.add(1, "CTA_HELP_NAME", Codecs.STRING);

        /// The helper's own.
        public static final Attribute<Slice> DATA = TABLE.add(2, "CTA_HELP_INFO", Codecs.BINARY);

        private Help() {}
    }

    /// `enum ctattr_counters`.
    public static final class Counters {
        public static final AttributeTable TABLE = AttributeTable.named("counters");

        public static final Attribute<Long> PACKETS =
                TABLE.add(1, "CTA_COUNTERS_PACKETS", Codecs.BE64);
        public static final Attribute<Long> BYTES = TABLE.add(2, "CTA_COUNTERS_BYTES", Codecs.BE64);

        private Counters() {}
    }

    /// `enum ctattr_tstamp`: nanoseconds since 1970.
    public static final class Timestamps {
        public static final AttributeTable TABLE = AttributeTable.named("timestamps");

        public static final Attribute<Long> START_NANOSECONDS =
                TABLE.add(1, "CTA_TIMESTAMP_START", Codecs.BE64);
        public static final Attribute<Long> STOP_NANOSECONDS =
                TABLE.add(2, "CTA_TIMESTAMP_STOP", Codecs.BE64);

        private Timestamps() {}
    }

    /// `enum ctattr_seqadj`: by how much sequence numbers are moved, as a helper changed lengths.
    public static final class SequenceAdjustment {
        public static final AttributeTable TABLE = AttributeTable.named("sequence adjustment");

        public static final Attribute<Long> POSITION =
                TABLE.add(1, "CTA_SEQADJ_CORRECTION_POS", Codecs.BE_U32);
        public static final Attribute<Integer> OFFSET_BEFORE =
                TABLE.add(2, "CTA_SEQADJ_OFFSET_BEFORE", Codecs.BE32);
        public static final Attribute<Integer> OFFSET_AFTER =
                TABLE.add(3, "CTA_SEQADJ_OFFSET_AFTER", Codecs.BE32);

        private SequenceAdjustment() {}
    }

    /// `enum ctattr_secctx`.
    public static final class SecurityContext {
        public static final AttributeTable TABLE = AttributeTable.named("security context");

        public static final Attribute<String> NAME = TABLE.add(1, "CTA_SECCTX_NAME", Codecs.STRING);

        private SecurityContext() {}
    }

    /// `enum ctattr_synproxy`.
    public static final class SynProxy {
        public static final AttributeTable TABLE = AttributeTable.named("SYN proxy");

        public static final Attribute<Long> INITIAL_SEQUENCE =
                TABLE.add(1, "CTA_SYNPROXY_ISN", Codecs.BE_U32);
        public static final Attribute<Long> INITIAL_TIMESTAMP =
                TABLE.add(2, "CTA_SYNPROXY_ITS", Codecs.BE_U32);
        public static final Attribute<Long> TIMESTAMP_OFFSET =
                TABLE.add(3, "CTA_SYNPROXY_TSOFF", Codecs.BE_U32);

        private SynProxy() {}
    }

    /// `enum ctattr_filter`: bits of [TupleFilter].
    public static final class Filter {
        public static final AttributeTable TABLE = AttributeTable.named("filter");

        public static final Attribute<Integer> ORIGINAL =
                TABLE.add(1, "CTA_FILTER_ORIG_FLAGS", Codecs.S32);
        public static final Attribute<Integer> REPLY =
                TABLE.add(2, "CTA_FILTER_REPLY_FLAGS", Codecs.S32);

        private Filter() {}
    }
}
