package dev.weft.firewall.event;

import dev.weft.firewall.value.Verdict;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// What the kernel says of a traced packet (`enum nft_trace_attributes`).
public final class TraceAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("trace");

    /// The table it is in.
    public static final Attribute<String> TABLE_NAME =
            TABLE.add(1, "NFTA_TRACE_TABLE", Codecs.STRING);

    /// The chain it is in.
    public static final Attribute<String> CHAIN = TABLE.add(2, "NFTA_TRACE_CHAIN", Codecs.STRING);

    /// The rule that matched.
    public static final Attribute<Long> RULE_HANDLE =
            TABLE.add(3, "NFTA_TRACE_RULE_HANDLE", Codecs.BE64);

    /// A number of [TraceEvent.Type].
    public static final Attribute<Integer> TYPE = TABLE.add(4, "NFTA_TRACE_TYPE", Codecs.BE32);

    /// What the rule decided.
    public static final Attribute<Attributes> VERDICT =
            TABLE.nest(5, "NFTA_TRACE_VERDICT", Verdict.TABLE);

    /// Which packet it is: the same for all events of one.
    public static final Attribute<Integer> ID = TABLE.add(6, "NFTA_TRACE_ID", Codecs.BE32);

    /// The link layer's header.
    public static final Attribute<Slice> LINK_HEADER =
            TABLE.add(7, "NFTA_TRACE_LL_HEADER", Codecs.BINARY);

    /// The beginning of the network layer's header.
    public static final Attribute<Slice> NETWORK_HEADER =
            TABLE.add(8, "NFTA_TRACE_NETWORK_HEADER", Codecs.BINARY);

    /// The beginning of the transport layer's header.
    public static final Attribute<Slice> TRANSPORT_HEADER =
            TABLE.add(9, "NFTA_TRACE_TRANSPORT_HEADER", Codecs.BINARY);

    /// The index of the device it came in by.
    public static final Attribute<Integer> INPUT_INDEX =
            TABLE.add(10, "NFTA_TRACE_IIF", Codecs.BE32);

    /// That device's type, `ARPHRD_*`.
    public static final Attribute<Integer> INPUT_TYPE =
            TABLE.add(11, "NFTA_TRACE_IIFTYPE", Codecs.BE16);

    /// The index of the device it goes out by.
    public static final Attribute<Integer> OUTPUT_INDEX =
            TABLE.add(12, "NFTA_TRACE_OIF", Codecs.BE32);

    /// That device's type, `ARPHRD_*`.
    public static final Attribute<Integer> OUTPUT_TYPE =
            TABLE.add(13, "NFTA_TRACE_OIFTYPE", Codecs.BE16);

    /// Its mark.
    public static final Attribute<Integer> MARK = TABLE.add(14, "NFTA_TRACE_MARK", Codecs.BE32);

    /// The protocol it is, `NFPROTO_*`, where its table sees several.
    public static final Attribute<Integer> PROTOCOL =
            TABLE.add(15, "NFTA_TRACE_NFPROTO", Codecs.BE32);

    /// What the chain's policy decided: 0 dropped, 1 accepted.
    public static final Attribute<Integer> POLICY = TABLE.add(16, "NFTA_TRACE_POLICY", Codecs.BE32);

    /// The connection it belongs to (this and the rest since Linux 6.16).
    public static final Attribute<Integer> CONNECTION_ID =
            TABLE.add(18, "NFTA_TRACE_CT_ID", Codecs.BE32);

    /// 0 from the one who began the connection, 1 to it.
    public static final Attribute<Integer> CONNECTION_DIRECTION =
            TABLE.add(19, "NFTA_TRACE_CT_DIRECTION", Codecs.U8);

    /// Bits of `enum ip_conntrack_status`.
    public static final Attribute<Integer> CONNECTION_STATUS =
            TABLE.add(20, "NFTA_TRACE_CT_STATUS", Codecs.BE32);

    /// Bits as `ct state` compares them.
    public static final Attribute<Integer> CONNECTION_STATE =
            TABLE.add(21, "NFTA_TRACE_CT_STATE", Codecs.BE32);

    private TraceAttributes() {}
}
