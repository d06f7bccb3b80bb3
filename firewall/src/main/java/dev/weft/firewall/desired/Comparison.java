package dev.weft.firewall.desired;

import dev.weft.firewall.Chain;
import dev.weft.firewall.Element;
import dev.weft.firewall.FirewallObject;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Rule;
import dev.weft.firewall.SetFlag;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.TableFlag;
import dev.weft.firewall.desired.Change.Added;
import dev.weft.firewall.desired.Change.ElementsAdded;
import dev.weft.firewall.desired.Change.ElementsRemoved;
import dev.weft.firewall.desired.Change.Removed;
import dev.weft.firewall.value.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the changes between a table that is there and the one that is wanted.
///
/// What the kernel cannot change in place is removed and made again in the same transaction, with
/// the rules and elements that name it. Changes come in this order:
///
/// ```
///   - rules  - elements  - sets  - objects  - flowtables  - chains
///   ~ table  ~ policies
///   + flowtables  + objects  + chains  + sets  + elements  + rules
/// ```
final class Comparison {
    private final TableContent actual;
    private final TableContent wanted;
    private final Decoded decoded;
    private final Inventory before;
    private final Inventory after;
    private final Set<ObjectName> rebuilt = new HashSet<>();
    private final List<Change> removed = new ArrayList<>();
    private final List<Change> changed = new ArrayList<>();
    private final List<Change> added = new ArrayList<>();

    private Comparison(TableContent actual, TableContent wanted, Decoded decoded) {
        this.actual = actual;
        this.wanted = wanted;
        this.decoded = decoded;
        before = Inventory.of(actual);
        after = Inventory.of(wanted);
    }

    static List<Change> of(Optional<TableContent> actual, TableContent wanted, Decoded decoded) {
        if (actual.isEmpty()) {
            return anew(wanted, decoded);
        }
        TableContent there = actual.get();
        if (!Declaration.of(there.table()).isSameAs(Declaration.of(wanted.table()))) {
            return rebuilt(wanted, decoded);
        }
        Comparison comparison = new Comparison(there, wanted, decoded);
        comparison.compare();
        return comparison.wakesWithOtherBaseChains()
                ? rebuilt(wanted, decoded)
                : comparison.changes();
    }

    private static List<Change> rebuilt(TableContent wanted, Decoded decoded) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Removed(wanted.table()));
        changes.addAll(anew(wanted, decoded));
        return changes;
    }

    private static List<Change> anew(TableContent wanted, Decoded decoded) {
        Table table = wanted.table();
        Comparison comparison =
                new Comparison(new TableContent(table, Map.of(), Map.of()), wanted, decoded);
        comparison.compare();
        List<Change> changes = new ArrayList<>();
        changes.add(new Added(table.wanted()));
        changes.addAll(comparison.changes());
        return changes;
    }

    private List<Change> changes() {
        List<Change> all = new ArrayList<>(removed);
        all.addAll(changed);
        all.addAll(added);
        return all;
    }

    private void compare() {
        findRebuilt();
        List<Change> rules = new ArrayList<>();
        compareRules(rules);
        List<Change> elements = new ArrayList<>();
        compareElements(elements);
        comparePolicies();
        for (FirewallObject object : before.inOrderOfRemoval()) {
            if (isGoing(object)) {
                removed.add(new Removed(object));
            }
        }
        for (FirewallObject object : after.inOrderOfAddition()) {
            if (isComing(object)) {
                added.add(new Added(object));
            }
        }
        added.addAll(elements);
        added.addAll(rules);
    }

    private boolean isGoing(FirewallObject object) {
        ObjectName name = ObjectName.of(object);
        return !after.has(name) || rebuilt.contains(name);
    }

    private boolean isComing(FirewallObject object) {
        ObjectName name = ObjectName.of(object);
        return !before.has(name) || rebuilt.contains(name);
    }

    private void findRebuilt() {
        for (FirewallObject object : after.inOrderOfAddition()) {
            ObjectName name = ObjectName.of(object);
            before.find(name)
                    .filter(there ->
                            !Declaration.of(there).isSameAs(Declaration.of(object))
                                    || hasOtherConstants(there, object))
                    .ifPresent(_ -> rebuilt.add(name));
        }
    }

    /// A constant set cannot change once a rule looks into it.
    private boolean hasOtherConstants(FirewallObject there, FirewallObject object) {
        return there instanceof NftSet is
                && object instanceof NftSet shouldBe
                && is.flags().contains(SetFlag.CONSTANT)
                && !ElementComparison.of(
                                is, elements(actual, is), elements(wanted, shouldBe), Set.of())
                        .isEmpty();
    }

    private void compareRules(List<Change> coming) {
        RuleComparison rules =
                new RuleComparison(
                        new Meanings(actual, decoded), new Meanings(wanted, decoded), rebuilt);
        for (Chain chain : before.chains()) {
            if (isGoing(chain)) {
                removed.addAll(rules.compare(rules(actual, chain), List.of()).removed());
            }
        }
        for (Chain chain : after.chains()) {
            List<Rule> there =
                    isComing(chain)
                            ? List.of()
                            : before.find(ObjectName.of(chain))
                                    .map(found -> rules(actual, found))
                                    .orElse(List.of());
            RuleComparison.Outcome outcome = rules.compare(there, rules(wanted, chain));
            removed.addAll(outcome.removed());
            coming.addAll(outcome.added());
        }
    }

    private void compareElements(List<Change> coming) {
        for (NftSet set : after.sets()) {
            Optional<NftSet> there =
                    isComing(set)
                            ? Optional.empty()
                            : before.find(ObjectName.of(set)).map(found -> (NftSet) found);
            if (there.isPresent() && set.flags().contains(SetFlag.DYNAMIC)) {
                continue;
            }
            ElementComparison elements =
                    ElementComparison.of(
                            set,
                            there.map(found -> elements(actual, found)).orElse(List.of()),
                            elements(wanted, set),
                            rebuilt);
            if (!elements.removed().isEmpty()) {
                removed.add(new ElementsRemoved(set, elements.removed()));
            }
            if (!elements.added().isEmpty()) {
                coming.add(new ElementsAdded(set, elements.added()));
            }
        }
    }

    private static List<Rule> rules(TableContent content, FirewallObject chain) {
        return chain instanceof Chain key
                ? content.chains().getOrDefault(key, List.of())
                : List.of();
    }

    private static List<Element> elements(TableContent content, NftSet set) {
        return content.sets().getOrDefault(set, List.of());
    }

    private void comparePolicies() {
        if (isDormant(actual) != isDormant(wanted)) {
            changed.add(new Change.TableChanged(wanted.table().wanted()));
        }
        for (Chain chain : after.chains()) {
            Verdict policy = chain.policy().orElse(Verdict.ACCEPT);
            boolean differs =
                    before.find(ObjectName.of(chain))
                            .map(there ->
                                    there instanceof Chain is
                                            && !is.policy().orElse(Verdict.ACCEPT).equals(policy))
                            .orElse(false);
            if (differs && !isComing(chain)) {
                changed.add(new Change.PolicyChanged(chain, policy));
            }
        }
    }

    private static boolean isDormant(TableContent content) {
        return content.table().flags().contains(TableFlag.DORMANT);
    }

    /// The kernel does not let a table fall asleep or wake up in a transaction that attaches or
    /// detaches chains of it (`nf_tables_addchain`, `nft_table_pending_update`).
    private boolean wakesWithOtherBaseChains() {
        return isDormant(actual) != isDormant(wanted)
                && (after.chains().stream().anyMatch(chain -> isBase(chain) && isComing(chain))
                        || before.chains().stream()
                                .anyMatch(chain -> isBase(chain) && isGoing(chain)));
    }

    private static boolean isBase(Chain chain) {
        return chain.hook().isPresent();
    }
}
