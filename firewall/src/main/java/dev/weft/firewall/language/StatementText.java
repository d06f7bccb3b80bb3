package dev.weft.firewall.language;

import static dev.weft.firewall.language.FieldText.words;

import dev.weft.firewall.ObjectType;
import dev.weft.firewall.language.Statement.NatFlag;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Surroundings;
import dev.weft.firewall.value.TimeText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Statements as `nft` writes them in a ruleset.
final class StatementText {
    /// What a limit of packets has when a rule does not say.
    private static final long USUAL_BURST = 5;

    private final Family family;
    private final Surroundings around;
    private final TermText terms;

    /// @param family of the table
    StatementText(Family family, Surroundings around) {
        this.family = family;
        this.around = around;
        this.terms = new TermText(around, this);
    }

    TermText terms() {
        return terms;
    }

    String of(Statement statement) {
        return switch (statement) {
            case Statement.Match match -> of(match);
            case Statement.Verdict verdict -> verdict.verdict().toString();
            case Statement.VerdictMap map -> terms.of(map.key()) + " vmap " + terms.of(map.map());
            case Statement.Counter counter ->
                    "counter packets "
                            + Long.toUnsignedString(counter.packets())
                            + " bytes "
                            + Long.toUnsignedString(counter.bytes());
            case Statement.Quota quota -> of(quota);
            case Statement.Limit limit -> of(limit);
            case Statement.Last last -> of(last.used());
            case Statement.ConnectionLimit limit ->
                    words("ct count", limit.over() ? "over" : "", Long.toString(limit.count()));
            case Statement.ObjectReference reference -> of(reference);
            case Statement.Log log -> of(log);
            case Statement.Reject reject -> of(reject);
            case Statement.Nat nat -> of(nat);
            case Statement.Masquerade masquerade ->
                    words("masquerade", toPort(masquerade.port()), of(masquerade.flags()));
            case Statement.Redirect redirect ->
                    words("redirect", toPort(redirect.port()), of(redirect.flags()));
            case Statement.TransparentProxy proxy ->
                    words(
                            "tproxy",
                            of(proxy.family()),
                            "to",
                            (proxy.address() == null ? "" : bracketed(proxy.address()))
                                    + (proxy.port() == null ? "" : ":" + terms.of(proxy.port())));
            case Statement.Synproxy synproxy -> SynproxyWords.of(synproxy);
            case Statement.Queue queue -> of(queue);
            case Statement.Dup dup -> of(dup);
            case Statement.Forward forward -> of(forward);
            case Statement.NoTrack _ -> "notrack";
            case Statement.FlowAdd flow -> "flow add @" + flow.flowtable();
            case Statement.Mangle mangle ->
                    terms.of(mangle.key())
                            + " set "
                            + terms.of(mangle.value(), mangle.key(), Beside.LISTED);
            case Statement.ResetOption reset -> "reset " + terms.of(reset.option());
            case Statement.SetUpdate update -> of(update);
            case Statement.Meter meter ->
                    words(
                            "meter",
                            meter.name(),
                            "size",
                            Long.toString(meter.size()),
                            "{",
                            terms.of(meter.key()),
                            withoutState(meter.state()),
                            "}");
            case Statement.Nested nested -> of(nested);
            case Statement.Xt xt -> "xt " + (xt.target() ? "target " : "match ") + xt.name();
            case Statement.Raw raw ->
                    "[" + raw.expression().name() + " " + raw.expression().encode() + "]";
        };
    }

    private String of(Statement.Nested nested) {
        String verdict = nested.verdict().toString();
        return nested.rules().stream()
                .map(rule -> "\t\t\t" + of(rule) + "\n")
                .collect(
                        Collectors.joining(
                                "", verdict.substring(0, verdict.indexOf(' ')) + " {\n", "\t\t}"));
    }

    /// A rule as it stands in a chain.
    String of(Statement.Nested.Rule rule) {
        return words(
                rule.statements().stream().map(this::of).collect(Collectors.joining(" ")),
                rule.comment().isEmpty() ? "" : "comment " + TermText.quoted(rule.comment()));
    }

    private String of(Statement.Match match) {
        String right = terms.of(match.right(), match.left(), Beside.of(match, around));
        if (Beside.isMasked(match, around)
                && match.left() instanceof Term.Binary(_, Term field, Term mask)) {
            return words(
                    terms.of(field),
                    match.operator() == Statement.Match.Operator.NOT_EQUAL ? "!=" : "",
                    right,
                    "/",
                    terms.of(mask, null, Beside.LISTED));
        }
        return words(terms.of(match.left()), operator(match), right);
    }

    private String operator(Statement.Match match) {
        return switch (match.operator()) {
            case EQUAL -> Beside.needsEquality(match, around) ? "==" : "";
            case ANY_BIT -> "";
            case NOT_EQUAL, LESS, AT_MOST, GREATER, AT_LEAST, NO_BIT -> match.operator().toString();
        };
    }

    private static String of(Statement.Quota quota) {
        return words(
                "quota",
                quota.over() ? "over" : "",
                Units.of(quota.bytes()).toString(),
                quota.usedBytes() == 0 ? "" : "used " + Units.of(quota.usedBytes()));
    }

    private static String of(Statement.Limit limit) {
        return words("limit", rate(limit));
    }

    /// What a limit says behind its keyword, in rules and as an object.
    static String rate(Statement.Limit limit) {
        String per = "/" + Units.per(limit.unitSeconds());
        String over = limit.over() ? "over" : "";
        if (limit.ofBytes()) {
            return words(
                    "rate",
                    over,
                    Units.of(limit.rate()) + per,
                    limit.burst() == 0 ? "" : "burst " + Units.of(limit.burst()));
        }
        boolean usual = limit.burst() == 0 || limit.burst() == USUAL_BURST;
        return words(
                "rate",
                over,
                limit.rate() + per,
                usual ? "" : "burst " + limit.burst() + " packets");
    }

    private static String of(@Nullable Duration lastUsed) {
        return "last used " + (lastUsed == null ? "never" : TimeText.of(lastUsed));
    }

    private String of(Statement.ObjectReference reference) {
        String object = terms.of(reference.object());
        return ObjectType.find(reference.kind())
                .map(type ->
                        switch (type) {
                            case COUNTER, QUOTA, LIMIT, SYNPROXY, CONNLIMIT, TUNNEL ->
                                    type + " name " + object;
                            case CT_HELPER, CT_TIMEOUT, CT_EXPECTATION -> type + " set " + object;
                            case SECURITY_MARK -> "meta secmark set " + object;
                        })
                .orElseGet(() -> "[object " + reference.kind() + " " + object + "]");
    }

    private static String of(Statement.Log log) {
        Integer level = log.level();
        return words(
                "log",
                log.prefix().isEmpty() ? "" : "prefix " + TermText.quoted(log.prefix()),
                option("group", log.group()),
                option("snaplen", log.snapBytes()),
                option("queue-threshold", log.queueThreshold()),
                level == null || level == LogWords.USUAL_LEVEL
                        ? ""
                        : "level " + LogWords.level(level),
                LogWords.text(log.flags()));
    }

    private static String option(String word, @Nullable Object value) {
        return value == null ? "" : word + " " + value;
    }

    /// What a family takes when a rule does not say is left out.
    private String of(Statement.Reject reject) {
        return switch (reject.kind()) {
            case TCP_RESET -> "reject with tcp reset";
            case ICMP -> of(reject, DataType.ICMP_CODE, family == Family.IP);
            case ICMPV6 -> of(reject, DataType.ICMPV6_CODE, family == Family.IP6);
            case ICMPX -> of(reject, DataType.ICMPX_CODE, true);
        };
    }

    private String of(Statement.Reject reject, DataType type, boolean ofFamily) {
        String code = type.literal(Datum.u8(reject.code()), around).text();
        return ofFamily && code.equals("port-unreachable")
                ? "reject"
                : words("reject with", reject.kind().toString(), code);
    }

    private String of(Statement.Nat nat) {
        return words(
                nat.source() ? "snat" : "dnat",
                of(nat.family()),
                nat.prefix() ? "prefix" : "",
                "to",
                place(nat.address(), nat.port()),
                of(nat.flags()));
    }

    private static String of(@Nullable Family family) {
        return family == null ? "" : family.toString();
    }

    private String place(@Nullable Term address, @Nullable Term port) {
        if (address == null) {
            return port == null ? "" : ":" + terms.of(port);
        }
        return port == null ? terms.of(address) : bracketed(address) + ":" + terms.of(port);
    }

    /// Before a port an IPv6 address stands in brackets.
    private String bracketed(Term address) {
        return switch (address) {
            case Term.Value(DataType type, _) when type == DataType.IPV6_ADDR ->
                    "[" + terms.of(address) + "]";
            case Term.Range range -> bracketed(range.from()) + "-" + bracketed(range.to());
            case Term.Prefix prefix when terms.of(prefix).contains(":") ->
                    "[" + terms.of(prefix) + "]";
            case Term _ -> terms.of(address);
        };
    }

    private String toPort(@Nullable Term port) {
        return port == null ? "" : "to :" + terms.of(port);
    }

    private static String of(Set<NatFlag> flags) {
        return Arrays.stream(NatFlag.values())
                .filter(flags::contains)
                .map(NatFlag::toString)
                .collect(Collectors.joining(","));
    }

    private String of(Statement.Queue queue) {
        String flags =
                queue.bypass() && queue.fanout()
                        ? "flags bypass,fanout"
                        : words(
                                queue.bypass() ? "flags bypass" : "",
                                queue.fanout() ? "flags fanout" : "");
        return words("queue", flags, "to", terms.of(queue.number()));
    }

    private String of(Statement.Dup dup) {
        Term address = dup.address();
        Term device = dup.device();
        if (address == null) {
            return device == null ? "dup" : "dup to " + terms.of(device);
        }
        return words(
                "dup to", terms.of(address), device == null ? "" : "device " + terms.of(device));
    }

    private String of(Statement.Forward forward) {
        Term address = forward.address();
        return address == null
                ? "fwd to " + terms.of(forward.device())
                : words(
                        "fwd",
                        of(forward.family()),
                        "to",
                        terms.of(address),
                        "device",
                        terms.of(forward.device()));
    }

    String of(Statement.SetUpdate update) {
        Term data = update.data();
        return words(
                update.operation().toString(),
                "@" + update.set(),
                "{",
                terms.of(update.key()),
                withoutState(update.state()),
                data == null ? "" : ": " + terms.of(data),
                "}");
    }

    /// What elements shall do, not what one has done: counters without numbers.
    String withoutState(List<Statement> statements) {
        return statements.stream()
                .map(statement ->
                        statement instanceof Statement.Counter ? "counter" : of(fresh(statement)))
                .collect(Collectors.joining(" "));
    }

    /// A quota of which nothing is used.
    static Statement fresh(Statement statement) {
        return statement instanceof Statement.Quota quota
                ? new Statement.Quota(quota.bytes(), 0, quota.over())
                : statement;
    }
}
