package dev.weft.firewall.desired;

import dev.weft.firewall.Chain;
import dev.weft.firewall.Element;
import dev.weft.firewall.Kind;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Rule;
import dev.weft.firewall.RuleAttributes;
import dev.weft.firewall.SetFlag;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.expression.DynamicSet;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.Immediate;
import dev.weft.firewall.expression.Lookup;
import dev.weft.firewall.expression.MapLookup;
import dev.weft.firewall.expression.ObjectMapReference;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the rules of a table mean, whatever the kernel calls and counts: the sets and chains that
/// belong to one rule count by what is in them, as their names change each time they are made.
final class Meanings {
    /// `NFT_CHAIN_BINDING`: it stands in a rule, `jump { ... }`.
    private static final int PART_OF_RULE = 4;

    /// The kernel's own limit of jumps (`NFT_JUMP_STACK_SIZE`).
    private static final int MAX_DEPTH = 16;

    private final TableContent content;
    private final Decoded decoded;
    private final Map<String, NftSet> sets = new HashMap<>();
    private final Map<String, Chain> chains = new HashMap<>();

    /// @param steps expressions, and what stands in the place of names
    record Meaning(List<Object> steps, Slice userData) {}

    /// An expression without the name in it, and what the name stands for.
    private record Step(Expression expression, Object named) {}

    private record SetContent(Declaration declaration, Map<Member.Key, Member.Value> members) {}

    Meanings(TableContent content, Decoded decoded) {
        this.content = content;
        this.decoded = decoded;
        for (NftSet set : content.sets().keySet()) {
            if (belongsToRule(set)) {
                sets.put(set.name(), set);
            }
        }
        for (Chain chain : content.chains().keySet()) {
            if (belongsToRule(chain)) {
                chains.put(chain.name(), chain);
            }
        }
    }

    static boolean belongsToRule(NftSet set) {
        return set.flags().contains(SetFlag.ANONYMOUS);
    }

    static boolean belongsToRule(Chain chain) {
        return (chain.flags() & PART_OF_RULE) != 0;
    }

    Meaning of(Rule rule) {
        return of(rule, 0);
    }

    private Meaning of(Rule rule, int depth) {
        List<Object> steps = decoded.of(rule).stream().map(one -> step(one, depth)).toList();
        return new Meaning(steps, rule.attributes().orElse(RuleAttributes.USER_DATA, Slice.EMPTY));
    }

    private Object step(Expression expression, int depth) {
        return switch (expression) {
            case Lookup one -> new Step(new Lookup("", one.key(), one.inverted()), set(one.set()));
            case MapLookup one ->
                    new Step(new MapLookup("", one.key(), one.destination()), set(one.map()));
            case ObjectMapReference one ->
                    new Step(new ObjectMapReference("", one.key()), set(one.map()));
            case DynamicSet one -> update(one);
            case Immediate one when chain(one).isPresent() ->
                    new Step(
                            new Immediate(one.destination(), verdict(one)),
                            chain(one).orElseThrow().stream()
                                    .map(rule -> of(rule, deeper(depth)))
                                    .toList());
            case Expression other -> Stateless.of(other);
        };
    }

    private Step update(DynamicSet one) {
        DynamicSet nameless =
                new DynamicSet(
                        one.operation(),
                        "",
                        null,
                        one.key(),
                        one.data(),
                        one.timeoutMillis(),
                        one.inverted(),
                        Stateless.all(one.expressions()));
        return new Step(nameless, set(one.set()));
    }

    /// What a name stands for: itself, or the content of a set that belongs to the rule.
    private Object set(String name) {
        return Optional.ofNullable(sets.get(name)).<Object>map(this::contentOf).orElse(name);
    }

    private SetContent contentOf(NftSet set) {
        Map<Member.Key, Member.Value> members = new HashMap<>();
        elements(set).values().forEach(member -> members.put(member.key(), member.value()));
        return new SetContent(Declaration.of(set), members);
    }

    /// Packets alone fill a dynamic set.
    private Map<Member.Key, Member> elements(NftSet set) {
        return set.flags().contains(SetFlag.DYNAMIC)
                ? Map.of()
                : Member.of(set, content.sets().getOrDefault(set, List.of()));
    }

    private Optional<List<Rule>> chain(Immediate immediate) {
        return immediate.data() instanceof Verdict verdict
                ? Optional.ofNullable(chains.get(verdict.chain())).map(content.chains()::get)
                : Optional.empty();
    }

    private static Verdict verdict(Immediate jump) {
        return jump.data() instanceof Verdict(int code, String _)
                ? new Verdict(code, "")
                : Verdict.CONTINUE;
    }

    private static int deeper(int depth) {
        if (depth == MAX_DEPTH) {
            throw new InvalidRequestException(
                    "chains stand within rules more than " + MAX_DEPTH + " deep");
        }
        return depth + 1;
    }

    /// What a rule names, directly and through what belongs to it.
    Set<ObjectName> references(Rule rule) {
        Set<ObjectName> all = new HashSet<>();
        addReferences(rule, all);
        return all;
    }

    private void addReferences(Rule rule, Set<ObjectName> all) {
        for (ObjectName name : names(rule)) {
            if (!all.add(name)) {
                continue;
            }
            set(name)
                    .ifPresent(set ->
                            content.sets().getOrDefault(set, List.of()).stream()
                                    .flatMap(element -> References.of(set, element))
                                    .forEach(all::add));
            chain(name)
                    .ifPresent(chain -> rulesOf(chain).forEach(inner -> addReferences(inner, all)));
        }
    }

    private List<ObjectName> names(Rule rule) {
        return decoded.of(rule).stream().flatMap(References::of).distinct().toList();
    }

    private Optional<NftSet> set(ObjectName name) {
        return name.kind() == Kind.SET
                ? Optional.ofNullable(sets.get(name.name()))
                : Optional.empty();
    }

    private Optional<Chain> chain(ObjectName name) {
        return name.kind() == Kind.CHAIN
                ? Optional.ofNullable(chains.get(name.name()))
                : Optional.empty();
    }

    private List<Rule> rulesOf(Chain chain) {
        return content.chains().getOrDefault(chain, List.of());
    }

    /// The changes that make what belongs to a rule, before the rule itself is made.
    List<Change> companions(Rule rule) {
        List<Change> changes = new ArrayList<>();
        if (sets.isEmpty() && chains.isEmpty()) {
            return changes;
        }
        for (ObjectName name : names(rule)) {
            set(name)
                    .ifPresent(set -> {
                        changes.add(new Change.Added(set.wanted()));
                        List<Element> elements =
                                elements(set).values().stream()
                                        .flatMap(member -> member.elements().stream())
                                        .toList();
                        if (!elements.isEmpty()) {
                            changes.add(new Change.ElementsAdded(set, elements));
                        }
                    });
            chain(name)
                    .ifPresent(chain -> {
                        changes.add(new Change.Added(chain.wanted()));
                        for (Rule inner : rulesOf(chain)) {
                            changes.add(
                                    new Change.RuleAdded(
                                            inner.wanted(), Optional.empty(), companions(inner)));
                        }
                    });
        }
        return changes;
    }
}
