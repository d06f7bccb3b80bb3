package dev.weft.firewall.desired;

import dev.weft.firewall.Rule;
import dev.weft.firewall.desired.Meanings.Meaning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rules of one chain as they are, beside those that are wanted.
///
/// @param rebuilt what is made anew: rules that name it cannot stay
record RuleComparison(Meanings actual, Meanings wanted, Set<ObjectName> rebuilt) {

    /// @param removed first
    /// @param added in the order of the chain
    record Outcome(List<Change> removed, List<Change> added) {}

    Outcome compare(List<Rule> before, List<Rule> after) {
        Map<Meaning, Integer> numbers = new HashMap<>();
        int[] left = before.stream().mapToInt(rule -> number(numbers, actual.of(rule))).toArray();
        int[] right = after.stream().mapToInt(rule -> number(numbers, wanted.of(rule))).toArray();
        for (int i = 0; i < left.length && !rebuilt.isEmpty(); i++) {
            if (!Collections.disjoint(actual.references(before.get(i)), rebuilt)) {
                left[i] = -1 - i;
            }
        }
        return outcome(before, after, Alignment.of(left, right));
    }

    private static int number(Map<Meaning, Integer> numbers, Meaning meaning) {
        return numbers.computeIfAbsent(meaning, _ -> numbers.size());
    }

    /// New rules go before the next one that stays: handles of those the kernel has told.
    private Outcome outcome(List<Rule> before, List<Rule> after, int[] partners) {
        boolean[] stays = new boolean[before.size()];
        List<Change> added = new ArrayList<>();
        Optional<Rule> next = Optional.empty();
        for (int i = after.size() - 1; i >= 0; i--) {
            if (partners[i] == Alignment.NONE) {
                Rule rule = after.get(i);
                added.add(new Change.RuleAdded(rule.wanted(), next, wanted.companions(rule)));
            } else {
                stays[partners[i]] = true;
                next = Optional.of(before.get(partners[i]));
            }
        }
        List<Change> removed = new ArrayList<>();
        for (int i = 0; i < stays.length; i++) {
            if (!stays[i]) {
                removed.add(new Change.RuleRemoved(before.get(i)));
            }
        }
        return new Outcome(removed, added.reversed());
    }
}
