package dev.weft.firewall;

import dev.weft.firewall.value.Family;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The rows of several dumps, yet to be put into their tables.
record Contents(
        List<Table> tables,
        List<Chain> chains,
        List<Rule> rules,
        List<NftSet> sets,
        List<NftObject> objects,
        List<Flowtable> flowtables) {

    /// Names of different families have nothing to do with one another.
    private record Place(Family family, String table) {}

    private record ChainPlace(Family family, String table, String chain) {}

    /// The tables with what is in them, in the kernel's order.
    ///
    /// @param elements reads those of a set
    List<TableContent> assemble(Function<NftSet, List<Element>> elements) {
        Map<Place, List<Chain>> chainsOf = byPlace(chains, Chain::family, Chain::table);
        Map<Place, List<NftSet>> setsOf = byPlace(sets, NftSet::family, NftSet::table);
        Map<Place, List<NftObject>> objectsOf =
                byPlace(objects, NftObject::family, NftObject::table);
        Map<Place, List<Flowtable>> flowtablesOf =
                byPlace(flowtables, Flowtable::family, Flowtable::table);
        Map<ChainPlace, List<Rule>> rulesOf =
                rules.stream()
                        .collect(
                                Collectors.groupingBy(rule ->
                                        new ChainPlace(rule.family(), rule.table(), rule.chain())));
        return tables.stream()
                .map(table -> {
                    Place place = new Place(table.family(), table.name());
                    return new TableContent(
                            table,
                            keyed(
                                    chainsOf.getOrDefault(place, List.of()),
                                    chain ->
                                            rulesOf.getOrDefault(
                                                    new ChainPlace(
                                                            chain.family(),
                                                            chain.table(),
                                                            chain.name()),
                                                    List.of())),
                            keyed(setsOf.getOrDefault(place, List.of()), elements),
                            objectsOf.getOrDefault(place, List.of()),
                            flowtablesOf.getOrDefault(place, List.of()));
                })
                .toList();
    }

    private static <T> Map<Place, List<T>> byPlace(
            List<T> rows, Function<T, Family> family, Function<T, String> table) {
        return rows.stream()
                .collect(
                        Collectors.groupingBy(
                                row -> new Place(family.apply(row), table.apply(row))));
    }

    private static <K, V> Map<K, V> keyed(List<K> keys, Function<K, V> value) {
        Map<K, V> map = new LinkedHashMap<>();
        keys.forEach(key -> map.put(key, value.apply(key)));
        return map;
    }
}
