package dev.weft.firewall.desired;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Chain;
import dev.weft.firewall.Element;
import dev.weft.firewall.FirewallObject;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.TableFlag;
import dev.weft.firewall.language.RulesetText;
import dev.weft.firewall.value.Surroundings;
import dev.weft.firewall.value.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One step from what is to what should be. As text it is a line for people.
public sealed interface Change {
    /// Puts it into a batch, behind what is there.
    void addTo(Batch batch);

    /// A line for people.
    ///
    /// @param around what it is read beside: names of devices, above all
    default String text(Surroundings around) {
        return toString();
    }

    /// A table, chain, set, object or flowtable that is to be made, without what is in it.
    record Added(FirewallObject object) implements Change {
        @Override
        public void addTo(Batch batch) {
            batch.create(object);
        }

        @Override
        public String toString() {
            return "+ " + object;
        }
    }

    /// A table, chain, set, object or flowtable that is to go.
    record Removed(FirewallObject object) implements Change {
        @Override
        public void addTo(Batch batch) {
            batch.delete(object);
        }

        @Override
        public String toString() {
            return "- " + object;
        }
    }

    /// A table that is to sleep or to wake up.
    record TableChanged(Table table) implements Change {
        /// Flags that are not said stay as they are, so none are said as well.
        @Override
        public void addTo(Batch batch) {
            batch.add(table.with());
        }

        @Override
        public String toString() {
            boolean dormant = table.flags().contains(TableFlag.DORMANT);
            return "~ " + table + (dormant ? " dormant" : " awake");
        }
    }

    /// A base chain that is to have another policy.
    record PolicyChanged(Chain chain, Verdict policy) implements Change {
        @Override
        public void addTo(Batch batch) {
            batch.add(new Chain(chain.family(), chain.identity()).policy(policy));
        }

        @Override
        public String toString() {
            return "~ " + chain + " policy " + policy;
        }
    }

    /// A rule that is to be made.
    ///
    /// @param before the rule that it goes before; nothing for the end of the chain
    /// @param companions what belongs to it alone and is made first: sets and chains without names
    record RuleAdded(Rule rule, Optional<Rule> before, List<Change> companions) implements Change {
        public RuleAdded {
            companions = List.copyOf(companions);
        }

        @Override
        public void addTo(Batch batch) {
            companions.forEach(change -> change.addTo(batch));
            before.flatMap(Rule::handle)
                    .ifPresentOrElse(
                            handle -> batch.insertBefore(handle, rule), () -> batch.append(rule));
        }

        @Override
        public String text(Surroundings around) {
            return "+ rule " + place(rule) + " " + RulesetText.of(rule, inside(), around);
        }

        /// The sets that are written inside the rule.
        private TableContent inside() {
            Map<NftSet, List<Element>> sets = new HashMap<>();
            for (Change companion : companions) {
                if (companion instanceof ElementsAdded(NftSet set, List<Element> elements)) {
                    sets.put(set, elements);
                }
            }
            return new TableContent(Table.of(rule.family(), rule.table()), Map.of(), sets);
        }

        @Override
        public String toString() {
            return text(Surroundings.none());
        }
    }

    /// A rule that is to go.
    record RuleRemoved(Rule rule) implements Change {
        @Override
        public void addTo(Batch batch) {
            batch.delete(rule);
        }

        @Override
        public String text(Surroundings around) {
            String handle = rule.handle().map(number -> " # handle " + number).orElse("");
            return "- rule " + place(rule) + " " + RulesetText.of(rule, around) + handle;
        }

        @Override
        public String toString() {
            return text(Surroundings.none());
        }
    }

    /// Elements that a set or map is to get.
    record ElementsAdded(NftSet set, List<Element> elements) implements Change {
        public ElementsAdded {
            elements = List.copyOf(elements);
        }

        @Override
        public void addTo(Batch batch) {
            batch.add(set, elements);
        }

        @Override
        public String text(Surroundings around) {
            return "+ " + ElementText.of(set, elements, around);
        }

        @Override
        public String toString() {
            return text(Surroundings.none());
        }
    }

    /// Elements that a set or map is to lose.
    record ElementsRemoved(NftSet set, List<Element> elements) implements Change {
        public ElementsRemoved {
            elements = List.copyOf(elements);
        }

        @Override
        public void addTo(Batch batch) {
            batch.delete(set, elements);
        }

        @Override
        public String text(Surroundings around) {
            return "- " + ElementText.of(set, elements, around);
        }

        @Override
        public String toString() {
            return text(Surroundings.none());
        }
    }

    private static String place(Rule rule) {
        return rule.family() + " " + rule.table() + " " + rule.chain();
    }
}
