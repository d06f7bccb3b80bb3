package dev.weft.firewall.language;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.weft.firewall.Chain;
import dev.weft.firewall.ChainAttributes;
import dev.weft.firewall.FirewallObject;
import dev.weft.firewall.Flowtable;
import dev.weft.firewall.FlowtableAttributes;
import dev.weft.firewall.Hook;
import dev.weft.firewall.NftObject;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.ObjectAttributes;
import dev.weft.firewall.ObjectType;
import dev.weft.firewall.Rule;
import dev.weft.firewall.SetAttributes;
import dev.weft.firewall.SetFlag;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableAttributes;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.TableFlag;
import dev.weft.firewall.value.Surroundings;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.netlink.Attribute;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One table as `nft -j list table` writes it: an object of JSON for each object of the table, one
/// after another, rules behind all chains.
///
/// What nftables 1.0.6 leaves out is left out here: comments of tables and chains, devices of
/// chains, that a set is dynamic, `auto-merge` and `interval` data.
final class TableJson {
    private final TableContent content;
    private final Reading reading;
    private final StatementJson statements;
    private final ObjectJson objects;

    TableJson(TableContent content, Surroundings around) {
        this.content = content;
        this.reading = Reading.of(content);
        this.statements = new StatementJson(content.table().family(), around);
        this.objects = new ObjectJson(reading);
    }

    /// Everything of the table, made as it is asked for.
    Stream<JsonObject> objects() {
        return Stream.of(
                        Stream.of(of(content.table())),
                        content.objects().stream().map(this::of),
                        content.sets().keySet().stream()
                                .filter(set -> !set.flags().contains(SetFlag.ANONYMOUS))
                                .map(this::of),
                        content.flowtables().stream().map(TableJson::of),
                        chains().map(entry -> of(entry.getKey())),
                        chains().flatMap(entry -> entry.getValue().stream()).map(this::of))
                .flatMap(part -> part);
    }

    /// Those that have a name of their own.
    private Stream<Map.Entry<Chain, List<Rule>>> chains() {
        return content.chains().entrySet().stream().filter(entry -> !entry.getKey().isPartOfRule());
    }

    private static Json named(FirewallObject object, Attribute<Long> handle) {
        return new Json()
                .put("family", object.family().toString())
                .put("name", object.name())
                .put("handle", object.attributes().find(handle).orElse(null));
    }

    /// Where `nft` 1.0.6 writes rubbish for flags, the flags.
    private static JsonObject of(Table table) {
        List<String> flags = table.flags().stream().map(TableFlag::toString).toList();
        return Json.of(
                "table",
                named(table, TableAttributes.HANDLE).put("flags", Json.oneOrMore(flags)).object());
    }

    private JsonObject of(NftObject object) {
        Json json =
                named(object, ObjectAttributes.HANDLE)
                        .put("table", object.table())
                        .put("comment", object.comment().orElse(null));
        objects.put(json, object);
        return Json.of(object.type().map(ObjectType::toString).orElse("object"), json.object());
    }

    private JsonObject of(NftSet set) {
        List<Term> elements = reading.elements(set);
        List<String> key = SetWords.key(set);
        List<String> flags =
                SetWords.flags(set)
                        .filter(flag -> flag != SetFlag.DYNAMIC)
                        .map(SetFlag::toString)
                        .toList();
        Json json =
                named(set, SetAttributes.HANDLE)
                        .put("table", set.table())
                        .put("type", Json.oneOrMore(key))
                        .put("map", SetWords.isMap(set) ? SetWords.data(set) : null)
                        .put("comment", set.comment().orElse(null))
                        .put("policy", set.isSmall() ? "memory" : null)
                        .put("size", SetWords.size(set).orElse(null))
                        .put("flags", flags.isEmpty() ? null : Json.strings(flags))
                        .put("timeout", seconds(set.timeout()))
                        .put("gc-interval", seconds(set.sweepInterval()))
                        .put("elem", elements.isEmpty() ? null : elements(elements))
                        .put("stmt", state(set));
        return Json.of(SetWords.kind(set), json.object());
    }

    private static @Nullable Long seconds(Optional<Duration> time) {
        return time.filter(some -> !some.isZero()).map(Duration::toSeconds).orElse(null);
    }

    private JsonElement elements(List<Term> elements) {
        return statements.terms().array(elements);
    }

    private @Nullable JsonElement state(NftSet set) {
        return set.expressions().isEmpty()
                ? null
                : statements.withoutState(reading.statements(set.expressions()));
    }

    private static JsonObject of(Flowtable flowtable) {
        return Json.of(
                "flowtable",
                named(flowtable, FlowtableAttributes.HANDLE)
                        .put("table", flowtable.table())
                        .put("hook", "ingress")
                        .put("prio", flowtable.priority().orElse(0))
                        .put("dev", Json.oneOrMore(flowtable.devices().stream().sorted().toList()))
                        .object());
    }

    private static JsonObject of(Chain chain) {
        Json json = named(chain, ChainAttributes.HANDLE).put("table", chain.table());
        chain.hook().ifPresent(hook -> attach(json, chain, hook));
        return Json.of("chain", json.object());
    }

    private static void attach(Json json, Chain chain, Hook hook) {
        json.put("type", chain.type())
                .put("hook", hook.toString())
                .put("prio", chain.priority().orElse(0))
                .put("policy", chain.policy().orElse(Verdict.ACCEPT).toString());
    }

    private JsonObject of(Rule rule) {
        return Json.of(
                "rule",
                new Json()
                        .put("family", rule.family().toString())
                        .put("table", rule.table())
                        .put("chain", rule.chain())
                        .put("handle", rule.handle().orElse(null))
                        .put("comment", rule.comment().orElse(null))
                        .put("expr", statements.array(reading.statements(rule)))
                        .object());
    }
}
