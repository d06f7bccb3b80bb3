package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The kinds of expressions that Weft knows, which are all of Linux 6.18: each a name, a table, and
/// a way to read it.
///
/// @param decoder throws [dev.weft.linux.MalformedMessageException] for what it has no place for
/// @param said attributes without those that say nothing: some kinds answer with a zero where
///   nothing was asked for, and refuse to be asked for the same
public record ExpressionKind(
        String name,
        AttributeTable table,
        Function<Attributes, Expression> decoder,
        UnaryOperator<Attributes> said) {
    private static final AttributeTable UNKNOWN = AttributeTable.named("unknown expression");

    private static final Map<String, ExpressionKind> ALL =
            List.of(
                            new ExpressionKind("bitwise", Bitwise.TABLE, Bitwise::decode),
                            new ExpressionKind("byteorder", ByteOrder.TABLE, ByteOrder::decode),
                            new ExpressionKind("cmp", Compare.TABLE, Compare::decode),
                            new ExpressionKind(
                                    "connlimit", ConnectionLimit.TABLE, ConnectionLimit::decode),
                            new ExpressionKind("counter", Counter.TABLE, Counter::decode),
                            new ExpressionKind("ct", Ct.TABLE, Ct::decode),
                            new ExpressionKind("dup", Duplicate.TABLE, Duplicate::decode),
                            new ExpressionKind(
                                    "dynset",
                                    DynamicSet.TABLE,
                                    DynamicSet::decode,
                                    DynamicSet::said),
                            new ExpressionKind(
                                    "exthdr",
                                    ExtensionHeader.TABLE,
                                    ExtensionHeader::decode,
                                    data ->
                                            withoutZeros(
                                                    data,
                                                    ExtensionHeader.OFFSET,
                                                    ExtensionHeader.LENGTH,
                                                    ExtensionHeader.FLAGS)),
                            new ExpressionKind("fib", Fib.TABLE, Fib::decode),
                            new ExpressionKind(
                                    "flow_offload", FlowOffload.TABLE, FlowOffload::decode),
                            new ExpressionKind("fwd", Forward.TABLE, Forward::decode),
                            new ExpressionKind("hash", Hash.TABLE, Hash::decode),
                            new ExpressionKind("immediate", Immediate.TABLE, Immediate::decode),
                            new ExpressionKind("inner", Inner.TABLE, Inner::decode),
                            new ExpressionKind("last", Last.TABLE, Last::decode),
                            new ExpressionKind("limit", Limit.TABLE, Limit::decode),
                            new ExpressionKind("log", Log.TABLE, Log::decode),
                            new ExpressionKind("lookup", Lookup.TABLE, Lookup::decode),
                            new ExpressionKind("masq", Masquerade.TABLE, Masquerade::decode),
                            new ExpressionKind("match", XtMatch.TABLE, XtMatch::decode),
                            new ExpressionKind("meta", Meta.TABLE, Meta::decode),
                            new ExpressionKind("nat", Nat.TABLE, Nat::decode),
                            new ExpressionKind("notrack", NoTrack.TABLE, NoTrack::decode),
                            new ExpressionKind(
                                    "numgen", NumberGenerator.TABLE, NumberGenerator::decode),
                            new ExpressionKind(
                                    "objref", ObjectReference.TABLE, ObjectReference::decode),
                            new ExpressionKind(
                                    "osf",
                                    OsFingerprint.TABLE,
                                    OsFingerprint::decode,
                                    data -> withoutZeros(data, OsFingerprint.FLAGS)),
                            new ExpressionKind("payload", Payload.TABLE, Payload::decode),
                            new ExpressionKind("queue", Queue.TABLE, Queue::decode),
                            new ExpressionKind("quota", Quota.TABLE, Quota::decode),
                            new ExpressionKind("range", Range.TABLE, Range::decode),
                            new ExpressionKind("redir", Redirect.TABLE, Redirect::decode),
                            new ExpressionKind("reject", Reject.TABLE, Reject::decode),
                            new ExpressionKind("rt", RouteLoad.TABLE, RouteLoad::decode),
                            new ExpressionKind("socket", Socket.TABLE, Socket::decode),
                            new ExpressionKind("synproxy", SynProxy.TABLE, SynProxy::decode),
                            new ExpressionKind("target", XtTarget.TABLE, XtTarget::decode),
                            new ExpressionKind(
                                    "tproxy", TransparentProxy.TABLE, TransparentProxy::decode),
                            new ExpressionKind("tunnel", Tunnel.TABLE, Tunnel::decode),
                            new ExpressionKind("xfrm", Xfrm.TABLE, Xfrm::decode))
                    .stream()
                    .collect(Collectors.toUnmodifiableMap(ExpressionKind::name, kind -> kind));

    private ExpressionKind(
            String name, AttributeTable table, Function<Attributes, Expression> decoder) {
        this(name, table, decoder, UnaryOperator.identity());
    }

    /// The kind of a name.
    public static Optional<ExpressionKind> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /// The table of a kind's attributes; an empty one when the kind is unknown.
    public static AttributeTable table(String name) {
        return find(name).map(ExpressionKind::table).orElse(UNKNOWN);
    }

    /// All kinds.
    public static List<ExpressionKind> all() {
        return List.copyOf(ALL.values());
    }

    private static Attributes withoutZeros(Attributes data, Attribute<?>... some) {
        return data.without(
                Arrays.stream(some)
                        .filter(attribute ->
                                isZero(data.payload(attribute.number()).orElse(Slice.EMPTY)))
                        .toArray(Attribute<?>[]::new));
    }

    private static boolean isZero(Slice payload) {
        for (byte one : payload.bytes()) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }
}
