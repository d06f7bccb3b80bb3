package dev.weft.firewall;

import dev.weft.firewall.expression.ExpressionAttributes;
import dev.weft.firewall.value.Data;
import dev.weft.firewall.value.Family;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The sets and chains of a batch that belong to one rule. The kernel gives them their names, so
/// messages of the batch say which one they mean by a number.
final class Anonymous {
    /// What `nft` calls the sets of one rule. A meter's set has the name that a person gave it.
    private static final Pattern NUMBERED = Pattern.compile("(__.*?)\\d+");

    /// How an expression names a set: the attributes of its name and of its number.
    private record SetReference(Attribute<String> name, Attribute<Integer> id) {
        static SetReference of(String expression, int name, int id) {
            AttributeTable table = AttributeTable.named(expression);
            return new SetReference(
                    table.add(name, "set", Codecs.STRING), table.add(id, "set id", Codecs.BE32));
        }
    }

    /// By the kind of expression: `NFTA_LOOKUP_SET`, `NFTA_DYNSET_SET_NAME`,
    /// `NFTA_OBJREF_SET_NAME`, and their `_ID`.
    private static final Map<String, SetReference> SET_REFERENCES =
            Map.of(
                    "lookup", SetReference.of("lookup", 1, 4),
                    "dynset", SetReference.of("dynset", 1, 2),
                    "objref", SetReference.of("objref", 4, 5));

    private static final AttributeTable IMMEDIATE = AttributeTable.named("immediate");
    private static final Attribute<Attributes> IMMEDIATE_DATA =
            IMMEDIATE.nest(2, "NFTA_IMMEDIATE_DATA", Data.TABLE);

    private static final int VERDICT_CHAIN = 2;
    private static final int VERDICT_CHAIN_ID = 3;

    private record Place(Family family, String table, String name) {}

    private final Map<Place, Integer> sets = new HashMap<>();
    private final Map<Place, Integer> chains = new HashMap<>();

    /// The attributes of a set as a batch makes it.
    Attributes made(NftSet set, int id) {
        if (!set.flags().contains(SetFlag.ANONYMOUS)) {
            return set.attributes().and(writer -> writer.put(SetAttributes.ID, id));
        }
        sets.put(new Place(set.family(), set.table(), set.name()), id);
        return set.attributes()
                .without(SetAttributes.NAME)
                .and(writer ->
                        writer.put(SetAttributes.NAME, pattern(set.name()))
                                .put(SetAttributes.ID, id));
    }

    /// The attributes of a chain as a batch makes it.
    Attributes made(Chain chain, int id) {
        if (!chain.isPartOfRule()) {
            return chain.attributes();
        }
        chains.put(new Place(chain.family(), chain.table(), chain.name()), id);
        return chain.attributes()
                .without(ChainAttributes.NAME)
                .and(writer -> writer.put(ChainAttributes.ID, id));
    }

    /// The number of a set that the batch made, if the set has no name of its own.
    Optional<Integer> id(NftSet set) {
        return Optional.ofNullable(sets.get(new Place(set.family(), set.table(), set.name())));
    }

    /// What the kernel makes a name of.
    static String pattern(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() ? numbered.group(1) + "%d" : name;
    }

    /// A rule that says what it means of these by their numbers.
    Attributes bound(Rule rule) {
        if (sets.isEmpty() && chains.isEmpty()) {
            return rule.attributes();
        }
        List<Attributes> expressions =
                rule.attributes().orElse(RuleAttributes.EXPRESSIONS, List.of()).stream()
                        .map(expression -> bound(rule, expression))
                        .toList();
        Attributes bound =
                rule.attributes()
                        .without(RuleAttributes.EXPRESSIONS)
                        .and(writer -> writer.put(RuleAttributes.EXPRESSIONS, expressions));
        return chain(rule, rule.chain())
                .map(id ->
                        bound.without(RuleAttributes.CHAIN)
                                .and(writer -> writer.put(RuleAttributes.CHAIN_ID, id)))
                .orElse(bound);
    }

    private Optional<Integer> chain(Rule rule, String name) {
        return Optional.ofNullable(chains.get(new Place(rule.family(), rule.table(), name)));
    }

    private Attributes bound(Rule rule, Attributes expression) {
        String kind = expression.orElse(ExpressionAttributes.NAME, "");
        Slice data = expression.orElse(ExpressionAttributes.DATA, Slice.EMPTY);
        SetReference reference = SET_REFERENCES.get(kind);
        Optional<Attributes> changed =
                reference == null
                        ? kind.equals(IMMEDIATE.name()) ? boundChain(rule, data) : Optional.empty()
                        : boundSet(rule, reference, data);
        return changed.map(to ->
                        expression
                                .without(ExpressionAttributes.DATA)
                                .and(writer ->
                                        writer.nest(
                                                ExpressionAttributes.DATA, nest -> nest.all(to))))
                .orElse(expression);
    }

    private Optional<Attributes> boundSet(Rule rule, SetReference reference, Slice data) {
        Attributes inside = Attributes.decode(AttributeTable.named("expression"), data);
        return inside.find(reference.name)
                .flatMap(name ->
                        Optional.ofNullable(sets.get(new Place(rule.family(), rule.table(), name)))
                                .map(id ->
                                        inside.without(reference.name)
                                                .and(writer ->
                                                        writer.put(reference.name, pattern(name))
                                                                .put(reference.id, id))));
    }

    private Optional<Attributes> boundChain(Rule rule, Slice data) {
        Attributes inside = Attributes.decode(IMMEDIATE, data);
        return inside.find(IMMEDIATE_DATA)
                .flatMap(value -> value.find(Data.VERDICT))
                .flatMap(verdict ->
                        verdict.payload(VERDICT_CHAIN)
                                .flatMap(name -> chain(rule, name.string()))
                                .map(id -> boundVerdict(inside, verdict, id)));
    }

    private static Attributes boundVerdict(Attributes immediate, Attributes verdict, int id) {
        return immediate
                .without(IMMEDIATE_DATA)
                .and(writer ->
                        writer.nest(
                                IMMEDIATE_DATA,
                                data ->
                                        data.nest(
                                                Data.VERDICT,
                                                inside ->
                                                        inside.all(withoutChain(verdict))
                                                                .raw(
                                                                        VERDICT_CHAIN_ID,
                                                                        to -> to.be32(id)))));
    }

    private static Attributes withoutChain(Attributes verdict) {
        return verdict.table()
                .find(VERDICT_CHAIN)
                .map(chain -> verdict.without(chain))
                .orElse(verdict);
    }
}
