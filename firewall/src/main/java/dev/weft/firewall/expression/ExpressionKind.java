package dev.weft.firewall.expression;

import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The kinds of expressions that Weft knows: each a name, a table, and a way to read it.
///
/// @param decoder throws [dev.weft.linux.MalformedMessageException] for what it has no place for
public record ExpressionKind(
        String name, AttributeTable table, Function<Attributes, Expression> decoder) {
    private static final AttributeTable UNKNOWN = AttributeTable.named("unknown expression");

    private static final Map<String, ExpressionKind> ALL =
            List.of(
                            new ExpressionKind("bitwise", Bitwise.TABLE, Bitwise::decode),
                            new ExpressionKind("cmp", Compare.TABLE, Compare::decode),
                            new ExpressionKind("counter", Counter.TABLE, Counter::decode),
                            new ExpressionKind("ct", Ct.TABLE, Ct::decode),
                            new ExpressionKind("fib", Fib.TABLE, Fib::decode),
                            new ExpressionKind("immediate", Immediate.TABLE, Immediate::decode),
                            new ExpressionKind("limit", Limit.TABLE, Limit::decode),
                            new ExpressionKind("log", Log.TABLE, Log::decode),
                            new ExpressionKind("lookup", Lookup.TABLE, Lookup::decode),
                            new ExpressionKind("masq", Masquerade.TABLE, Masquerade::decode),
                            new ExpressionKind("meta", Meta.TABLE, Meta::decode),
                            new ExpressionKind("nat", Nat.TABLE, Nat::decode),
                            new ExpressionKind("notrack", NoTrack.TABLE, NoTrack::decode),
                            new ExpressionKind(
                                    "objref", ObjectReference.TABLE, ObjectReference::decode),
                            new ExpressionKind("payload", Payload.TABLE, Payload::decode),
                            new ExpressionKind("range", Range.TABLE, Range::decode),
                            new ExpressionKind("redir", Redirect.TABLE, Redirect::decode),
                            new ExpressionKind("reject", Reject.TABLE, Reject::decode))
                    .stream()
                    .collect(Collectors.toUnmodifiableMap(ExpressionKind::name, kind -> kind));

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
}
