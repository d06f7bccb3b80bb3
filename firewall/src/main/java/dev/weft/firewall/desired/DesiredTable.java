package dev.weft.firewall.desired;

import dev.weft.firewall.Chain;
import dev.weft.firewall.Element;
import dev.weft.firewall.Flowtable;
import dev.weft.firewall.NftObject;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table as it should be, put together step by step.
///
/// ```java
/// TableContent wanted =
///         new DesiredTable(table)
///                 .with(blocked, Element.of(Datum.address(address)))
///                 .with(input, Rule.in(input).inSet(Selector.IP_SADDR, blocked).drop())
///                 .content();
/// ```
///
/// Filled by one thread.
public final class DesiredTable {
    private final Table table;
    private final Map<Chain, List<Rule>> chains = new LinkedHashMap<>();
    private final Map<NftSet, List<Element>> sets = new LinkedHashMap<>();
    private final List<NftObject> objects = new ArrayList<>();
    private final List<Flowtable> flowtables = new ArrayList<>();

    /// A table with nothing in it yet.
    public DesiredTable(Table table) {
        this.table = table;
    }

    /// Adds a chain with its rules, in order; more rules for one that was added before.
    public DesiredTable with(Chain chain, Rule... rules) {
        chains.computeIfAbsent(chain, key -> new ArrayList<>()).addAll(List.of(rules));
        return this;
    }

    /// Adds a set or map with its elements; more elements for one that was added before.
    public DesiredTable with(NftSet set, Element... elements) {
        sets.computeIfAbsent(set, key -> new ArrayList<>()).addAll(List.of(elements));
        return this;
    }

    /// Adds a counter, a quota or the like.
    public DesiredTable with(NftObject object) {
        objects.add(object);
        return this;
    }

    /// Adds a flowtable.
    public DesiredTable with(Flowtable flowtable) {
        flowtables.add(flowtable);
        return this;
    }

    /// The table with what was added so far.
    public TableContent content() {
        return new TableContent(table, chains, sets, objects, flowtables);
    }
}
