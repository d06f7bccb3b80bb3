package dev.weft.firewall.desired;

import dev.weft.firewall.Chain;
import dev.weft.firewall.FirewallObject;
import dev.weft.firewall.Flowtable;
import dev.weft.firewall.NftObject;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.value.Family;
import dev.weft.linux.InvalidRequestException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The objects of a table that have names of their own.
record Inventory(
        List<Chain> chains,
        List<NftSet> sets,
        List<NftObject> objects,
        List<Flowtable> flowtables,
        Map<ObjectName, FirewallObject> byName) {

    /// @throws InvalidRequestException when something says another table or is there twice
    static Inventory of(TableContent content) {
        Table table = content.table();
        content.chains()
                .forEach((chain, rules) -> {
                    require(table, chain, chain.family(), chain.table());
                    rules.forEach(rule -> require(chain, rule));
                });
        content.sets().keySet().forEach(set -> require(table, set, set.family(), set.table()));
        content.objects().forEach(one -> require(table, one, one.family(), one.table()));
        content.flowtables().forEach(one -> require(table, one, one.family(), one.table()));
        List<Chain> chains =
                content.chains().keySet().stream()
                        .filter(chain -> !Meanings.belongsToRule(chain))
                        .toList();
        List<NftSet> sets =
                content.sets().keySet().stream()
                        .filter(set -> !Meanings.belongsToRule(set))
                        .toList();
        return new Inventory(
                chains,
                sets,
                content.objects(),
                content.flowtables(),
                byName(Stream.of(chains, sets, content.objects(), content.flowtables())));
    }

    private static Map<ObjectName, FirewallObject> byName(
            Stream<List<? extends FirewallObject>> all) {
        Map<ObjectName, FirewallObject> byName = new HashMap<>();
        all.flatMap(List::stream)
                .forEach(object -> {
                    if (byName.put(ObjectName.of(object), object) != null) {
                        throw new InvalidRequestException(object + " is there twice");
                    }
                });
        return byName;
    }

    private static void require(Table table, Object object, Family family, String tableName) {
        if (family != table.family() || !tableName.equals(table.name())) {
            throw new InvalidRequestException(object + " does not belong to " + table);
        }
    }

    private static void require(Chain chain, Rule rule) {
        if (rule.family() != chain.family()
                || !rule.table().equals(chain.table())
                || !rule.chain().equals(chain.name())) {
            throw new InvalidRequestException(
                    "a rule of chain " + rule.chain() + " does not belong to " + chain);
        }
    }

    boolean has(ObjectName name) {
        return byName.containsKey(name);
    }

    Optional<FirewallObject> find(ObjectName name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// Without what the kernel added: what is referred to comes first.
    List<FirewallObject> inOrderOfAddition() {
        return Stream.of(flowtables, objects, chains, sets)
                .flatMap(List::stream)
                .map(FirewallObject::wanted)
                .toList();
    }

    /// What refers goes first.
    List<FirewallObject> inOrderOfRemoval() {
        return inOrderOfAddition().reversed();
    }
}
