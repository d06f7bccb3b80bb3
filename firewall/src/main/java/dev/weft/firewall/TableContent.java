package dev.weft.firewall;

import dev.weft.firewall.language.RulesetText;
import dev.weft.firewall.value.Surroundings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table with everything in it, as it was at one moment.
///
/// @param chains with their rules, in the kernel's order
/// @param sets with their elements, in the kernel's order
/// @param objects counters, quotas and the like, in the kernel's order
/// @param flowtables in the kernel's order
public record TableContent(
        Table table,
        Map<Chain, List<Rule>> chains,
        Map<NftSet, List<Element>> sets,
        List<NftObject> objects,
        List<Flowtable> flowtables) {

    public TableContent {
        chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
        sets = Collections.unmodifiableMap(new LinkedHashMap<>(sets));
        objects = List.copyOf(objects);
        flowtables = List.copyOf(flowtables);
    }

    /// A table without objects and flowtables.
    public TableContent(
            Table table, Map<Chain, List<Rule>> chains, Map<NftSet, List<Element>> sets) {
        this(table, chains, sets, List.of(), List.of());
    }

    /// As `nft list table` prints it, with numbers instead of names of interfaces; see
    /// [RulesetText] for more.
    @Override
    public String toString() {
        return RulesetText.of(List.of(this), Surroundings.none());
    }
}
