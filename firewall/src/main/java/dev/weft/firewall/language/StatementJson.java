package dev.weft.firewall.language;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.weft.firewall.ObjectType;
import dev.weft.firewall.language.Statement.NatFlag;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Statements as `nft -j` writes them.
final class StatementJson {
    private final Surroundings around;
    private final StatementText texts;
    private final TermJson terms;

    /// @param family of the table
    StatementJson(Family family, Surroundings around) {
        this.around = around;
        this.texts = new StatementText(family, around);
        this.terms = new TermJson(around, this);
    }

    TermJson terms() {
        return terms;
    }

    /// An object, but for updates of maps and chains in rules, which `nft` 1.0.6 has as text.
    JsonElement of(Statement statement) {
        return switch (statement) {
            case Statement.Match match -> Json.of("match", of(match));
            case Statement.Verdict verdict -> TermJson.of(verdict.verdict());
            case Statement.VerdictMap map -> Json.of("vmap", of(map));
            case Statement.Counter counter -> Json.of("counter", of(counter));
            case Statement.Quota quota -> Json.of("quota", of(quota));
            case Statement.Limit limit -> Json.of("limit", of(limit));
            case Statement.Last last -> of(last.used());
            case Statement.ConnectionLimit limit -> Json.of("ct count", of(limit));
            case Statement.ObjectReference reference ->
                    Json.of(
                            ObjectType.find(reference.kind())
                                    .map(ObjectType::toString)
                                    .orElse("object"),
                            terms.of(reference.object()));
            case Statement.Log log -> orWord("log", of(log));
            case Statement.Reject reject -> Json.of("reject", of(reject));
            case Statement.Nat nat -> Json.of(nat.source() ? "snat" : "dnat", of(nat));
            case Statement.Masquerade masquerade ->
                    orWord("masquerade", port(masquerade.port(), masquerade.flags()));
            case Statement.Redirect redirect ->
                    orWord("redirect", port(redirect.port(), redirect.flags()));
            case Statement.TransparentProxy proxy -> Json.of("tproxy", of(proxy));
            case Statement.Synproxy synproxy -> orWord("synproxy", of(synproxy));
            case Statement.Queue queue -> Json.of("queue", of(queue));
            case Statement.Dup dup -> Json.of("dup", of(dup));
            case Statement.Forward forward -> Json.of("fwd", of(forward));
            case Statement.NoTrack _ -> Json.word("notrack");
            case Statement.FlowAdd flow -> Json.of("flow", of(flow));
            case Statement.Mangle mangle -> Json.of("mangle", of(mangle));
            case Statement.ResetOption reset ->
                    Json.of("reset", FieldJson.ofAll(reset.option(), terms));
            case Statement.SetUpdate update -> of(update);
            case Statement.Meter meter -> Json.of("meter", of(meter));
            case Statement.Nested nested -> Json.string(texts.of(nested));
            case Statement.Xt xt -> Json.of("xt", of(xt));
            case Statement.Raw raw -> Json.of("expression", Json.string(texts.of(raw)));
        };
    }

    private JsonObject of(Statement.VerdictMap map) {
        return new Json().put("key", terms.of(map.key())).put("data", terms.of(map.map())).object();
    }

    private static JsonObject of(Statement.Counter counter) {
        return new Json().put("packets", counter.packets()).put("bytes", counter.bytes()).object();
    }

    private static JsonObject of(Statement.ConnectionLimit limit) {
        return new Json().put("val", limit.count()).whenTrue("inv", limit.over()).object();
    }

    private JsonObject of(Statement.TransparentProxy proxy) {
        return new Json()
                .word("family", word(proxy.family()))
                .put("addr", orNull(proxy.address()))
                .put("port", orNull(proxy.port()))
                .object();
    }

    private JsonObject of(Statement.Forward forward) {
        return new Json()
                .put("dev", terms.of(forward.device()))
                .word("family", word(forward.family()))
                .put("addr", orNull(forward.address()))
                .object();
    }

    private static JsonObject of(Statement.FlowAdd flow) {
        return new Json().put("op", "add").put("flowtable", "@" + flow.flowtable()).object();
    }

    private JsonObject of(Statement.Mangle mangle) {
        return new Json()
                .put("key", terms.of(mangle.key()))
                .put("value", terms.of(mangle.value(), Beside.LISTED))
                .object();
    }

    private JsonObject of(Statement.Meter meter) {
        return new Json()
                .put("key", terms.of(meter.key()))
                .put("stmt", withoutState(meter.state()).get(0))
                .put("size", meter.size())
                .put("name", meter.name())
                .object();
    }

    private static JsonObject of(Statement.Xt xt) {
        return new Json()
                .put("type", xt.target() ? "target" : "match")
                .put("name", xt.name())
                .object();
    }

    JsonArray array(List<Statement> statements) {
        return Json.array(statements.stream().map(this::of));
    }

    private static JsonObject orWord(String name, JsonObject content) {
        return content.isEmpty() ? Json.word(name) : Json.of(name, content);
    }

    private @Nullable JsonElement orNull(@Nullable Term term) {
        return term == null ? null : terms.of(term);
    }

    private static String word(@Nullable Family family) {
        return family == null ? "" : family.toString();
    }

    private JsonObject of(Statement.Match match) {
        return new Json()
                .put("op", match.operator().toString())
                .put("left", left(match))
                .put("right", terms.of(match.right(), Beside.of(match, around)))
                .object();
    }

    private JsonElement left(Statement.Match match) {
        return Beside.isMasked(match, around)
                        && match.left() instanceof Term.Binary(_, Term field, Term mask)
                ? Json.of("&", Json.array(terms.of(field), terms.of(mask, Beside.LISTED)))
                : terms.of(match.left());
    }

    private static JsonObject of(Statement.Quota quota) {
        Units limit = Units.of(quota.bytes());
        Json json =
                new Json()
                        .put("val", limit.amount())
                        .put("val_unit", limit.unit())
                        .whenTrue("inv", quota.over());
        if (quota.usedBytes() != 0) {
            Units used = Units.of(quota.usedBytes());
            json.put("used", used.amount()).put("used_unit", used.unit());
        }
        return json.object();
    }

    private static JsonObject of(Statement.Limit limit) {
        Units rate = limit.ofBytes() ? Units.of(limit.rate()) : new Units(limit.rate(), "");
        Units burst = limit.ofBytes() ? Units.of(limit.burst()) : new Units(limit.burst(), "");
        return new Json()
                .put("rate", rate.amount())
                .put("burst", burst.amount())
                .put("per", Units.per(limit.unitSeconds()))
                .whenTrue("inv", limit.over())
                .word("rate_unit", rate.unit())
                .word("burst_unit", burst.unit())
                .object();
    }

    private static JsonObject of(@Nullable Duration lastUsed) {
        return lastUsed == null
                ? Json.word("last")
                : Json.of("last", Json.of("used", Json.number(lastUsed.toMillis())));
    }

    private static JsonObject of(Statement.Log log) {
        Integer level = log.level();
        return new Json()
                .word("prefix", log.prefix())
                .put("group", log.group())
                .put("snaplen", log.snapBytes())
                .put("queue-threshold", log.queueThreshold())
                .put(
                        "level",
                        level == null || level == LogWords.USUAL_LEVEL
                                ? null
                                : LogWords.level(level))
                .put("flags", Json.oneOrMore(LogWords.flags(log.flags())))
                .object();
    }

    private JsonObject of(Statement.Reject reject) {
        Json json = new Json().put("type", reject.kind().toString());
        switch (reject.kind()) {
            case TCP_RESET -> {}
            case ICMP -> code(json, DataType.ICMP_CODE, reject.code());
            case ICMPV6 -> code(json, DataType.ICMPV6_CODE, reject.code());
            case ICMPX -> code(json, DataType.ICMPX_CODE, reject.code());
        }
        return json.object();
    }

    private void code(Json json, DataType type, int code) {
        json.put("expr", terms.of(new Term.Value(type, Datum.u8(code))));
    }

    /// Mapping networks to networks counts as a flag as well.
    private JsonObject of(Statement.Nat nat) {
        List<String> flags = words(nat.flags());
        return new Json()
                .word("family", word(nat.family()))
                .put("addr", orNull(nat.address()))
                .put("port", orNull(nat.port()))
                .put(
                        "flags",
                        Json.oneOrMore(
                                nat.prefix()
                                        ? Stream.concat(flags.stream(), Stream.of("netmap"))
                                                .toList()
                                        : flags))
                .put("type_flags", nat.prefix() ? "prefix" : null)
                .object();
    }

    private static List<String> words(Set<NatFlag> flags) {
        return Arrays.stream(NatFlag.values())
                .filter(flags::contains)
                .map(NatFlag::toString)
                .toList();
    }

    private JsonObject port(@Nullable Term port, Set<NatFlag> flags) {
        return new Json()
                .put("port", orNull(port))
                .put("flags", Json.oneOrMore(words(flags)))
                .object();
    }

    /// A zero is left out here, where the text has it.
    private static JsonObject of(Statement.Synproxy synproxy) {
        List<String> flags = SynproxyWords.flags(synproxy.flags());
        return new Json()
                .nonZero("mss", SynproxyWords.orZero(synproxy.maximumSegmentBytes()))
                .nonZero("wscale", SynproxyWords.orZero(synproxy.windowScale()))
                .put("flags", flags.isEmpty() ? null : Json.strings(flags))
                .object();
    }

    private JsonObject of(Statement.Queue queue) {
        List<String> flags = new ArrayList<>();
        if (queue.bypass()) {
            flags.add("bypass");
        }
        if (queue.fanout()) {
            flags.add("fanout");
        }
        return new Json()
                .put("num", terms.of(queue.number()))
                .put("flags", Json.oneOrMore(flags))
                .object();
    }

    private JsonObject of(Statement.Dup dup) {
        return dup.address() == null
                ? new Json().put("addr", orNull(dup.device())).object()
                : new Json()
                        .put("addr", orNull(dup.address()))
                        .put("dev", orNull(dup.device()))
                        .object();
    }

    private JsonElement of(Statement.SetUpdate update) {
        if (update.data() != null) {
            return Json.string(texts.of(update));
        }
        return Json.of(
                "set",
                new Json()
                        .put("op", update.operation().toString())
                        .put("elem", terms.of(update.key()))
                        .put("set", "@" + update.set())
                        .put("stmt", update.state().isEmpty() ? null : withoutState(update.state()))
                        .object());
    }

    /// What elements shall do, not what one has done: counters without numbers.
    JsonArray withoutState(List<Statement> statements) {
        return Json.array(
                statements.stream()
                        .map(statement ->
                                statement instanceof Statement.Counter
                                        ? Json.word("counter")
                                        : of(StatementText.fresh(statement))));
    }
}
