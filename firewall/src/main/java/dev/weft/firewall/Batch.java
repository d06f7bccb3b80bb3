package dev.weft.firewall;

import dev.weft.firewall.ElementAttributes.ListAttributes;
import dev.weft.firewall.netfilter.NetfilterHeader;
import dev.weft.firewall.value.Family;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkFlags;
import dev.weft.linux.netlink.NetlinkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Changes that [Nftables#apply] makes together or not at all, in this order.
///
/// Filled by one thread. Deletions make the kernel wait for a grace period, once in a batch, so put
/// many in one.
public final class Batch {
    /// The kernel's limit of an attribute, and so of a list of elements in one message.
    private static final int MAX_LIST_BYTES = 0xffff - 64;

    private static final int LIST_HEADER_BYTES = 4;

    private final List<NetlinkRequest> requests = new ArrayList<>();
    private int setId;

    /// Nothing to change yet.
    public Batch() {}

    /// Makes a table, chain, set or map; keeps one that is there already.
    public Batch add(FirewallObject object) {
        return make(object, NetlinkFlags.CREATE, "add");
    }

    /// Makes a table, chain, set or map that must not be there yet.
    public Batch create(FirewallObject object) {
        return make(object, NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE, "create");
    }

    private Batch make(FirewallObject object, int flags, String operation) {
        Attributes attributes =
                switch (object) {
                    case Table table -> table.attributes();
                    case Chain chain -> chain.attributes();
                    case NftSet set -> numbered(set);
                    case NftObject named -> named.attributes();
                    case Flowtable flowtable -> flowtable.attributes();
                };
        return message(
                object.kind().create(),
                flags,
                object.family(),
                attributes,
                operation,
                object::toString);
    }

    /// The kernel wants each new set to have a number that is unique in the batch.
    private Attributes numbered(NftSet set) {
        setId++;
        return set.attributes().and(writer -> writer.put(SetAttributes.ID, setId));
    }

    /// Makes a table with everything in it, as it was read: chains first, which elements jump to,
    /// then sets, their elements, and the rules, which look up all of them.
    ///
    /// Sets that belong to one rule (anonymous ones) cannot be made this way; the kernel refuses.
    public Batch create(TableContent content) {
        create(content.table().wanted());
        content.flowtables().forEach(flowtable -> create(flowtable.wanted()));
        content.objects().forEach(named -> create(named.wanted()));
        content.chains().keySet().forEach(chain -> create(chain.wanted()));
        content.sets().keySet().forEach(set -> create(set.wanted()));
        content.sets().forEach(this::add);
        content.chains().values().forEach(rules -> rules.forEach(rule -> append(rule.wanted())));
        return this;
    }

    /// Removes a table with everything in it, or a chain, set or map that nothing refers to.
    public Batch delete(FirewallObject object) {
        return message(
                object.kind().delete(),
                0,
                object.family(),
                object.identity(),
                "delete",
                object::toString);
    }

    /// Removes what may not be there (since Linux 6.3).
    public Batch destroy(FirewallObject object) {
        return message(
                object.kind().destroy(),
                0,
                object.family(),
                object.identity(),
                "destroy",
                object::toString);
    }

    /// Adds a rule behind the others of its chain.
    public Batch append(Rule rule) {
        return rule(rule, NetlinkFlags.CREATE | NetlinkFlags.APPEND, "append");
    }

    /// Adds a rule before the others of its chain.
    public Batch insert(Rule rule) {
        return rule(rule, NetlinkFlags.CREATE, "insert");
    }

    /// Adds a rule behind another of its chain.
    ///
    /// @param handle of that other rule
    public Batch appendAfter(long handle, Rule rule) {
        return rule(
                at(RuleAttributes.POSITION, handle, rule),
                NetlinkFlags.CREATE | NetlinkFlags.APPEND,
                "append");
    }

    /// Adds a rule before another of its chain.
    ///
    /// @param handle of that other rule
    public Batch insertBefore(long handle, Rule rule) {
        return rule(at(RuleAttributes.POSITION, handle, rule), NetlinkFlags.CREATE, "insert");
    }

    /// Puts a rule in the place of another; its counters begin anew.
    ///
    /// @param handle of that other rule
    public Batch replace(long handle, Rule rule) {
        return rule(at(RuleAttributes.HANDLE, handle, rule), NetlinkFlags.REPLACE, "replace");
    }

    private static Rule at(Attribute<Long> place, long handle, Rule rule) {
        return new Rule(rule.family(), rule.attributes().and(writer -> writer.put(place, handle)));
    }

    private Batch rule(Rule rule, int flags, String operation) {
        return message(
                Kind.RULE.create(),
                flags,
                rule.family(),
                rule.attributes(),
                operation,
                rule::description);
    }

    /// Removes a rule that the kernel told the handle of.
    public Batch delete(Rule rule) {
        long handle =
                rule.handle()
                        .orElseThrow(() ->
                                new InvalidRequestException(
                                        "only a rule with a handle can be deleted: "
                                                + rule.text()));
        Attributes identity =
                ofChain(rule.table(), rule.chain())
                        .and(writer -> writer.put(RuleAttributes.HANDLE, handle));
        return message(Kind.RULE.delete(), 0, rule.family(), identity, "delete", rule::description);
    }

    /// Removes all rules of a chain.
    public Batch flush(Chain chain) {
        return message(
                Kind.RULE.delete(),
                0,
                chain.family(),
                ofChain(chain.table(), chain.name()),
                "flush",
                chain::toString);
    }

    private static Attributes ofChain(String table, String chain) {
        return Attributes.build(
                RuleAttributes.TABLE,
                writer ->
                        writer.put(RuleAttributes.TABLE_NAME, table)
                                .put(RuleAttributes.CHAIN, chain));
    }

    /// Adds elements; one that is there already with the same data is kept.
    public Batch add(NftSet set, List<Element> elements) {
        return elements(Kind.ELEMENT.create(), NetlinkFlags.CREATE, set, elements, "add");
    }

    /// Adds an element; see [#add(NftSet,List)].
    public Batch add(NftSet set, Element element) {
        return add(set, List.of(element));
    }

    /// Adds elements that must not be there yet.
    public Batch create(NftSet set, List<Element> elements) {
        return elements(
                Kind.ELEMENT.create(),
                NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE,
                set,
                elements,
                "create");
    }

    /// Removes elements by their keys.
    public Batch delete(NftSet set, List<Element> elements) {
        return elements(
                Kind.ELEMENT.delete(),
                0,
                set,
                elements.stream().map(Element::identity).toList(),
                "delete");
    }

    /// Removes an element by its key.
    public Batch delete(NftSet set, Element element) {
        return delete(set, List.of(element));
    }

    /// Removes all elements.
    public Batch flush(NftSet set) {
        return message(
                Kind.ELEMENT.delete(),
                0,
                set.family(),
                Attributes.build(ListAttributes.TABLE, writer -> ofSet(writer, set)),
                "flush",
                set::toString);
    }

    private Batch elements(
            int type, int flags, NftSet set, List<Element> elements, String operation) {
        int from = 0;
        while (from < elements.size()) {
            int to = endOfMessage(elements, from);
            List<Attributes> part =
                    elements.subList(from, to).stream().map(Element::attributes).toList();
            Attributes attributes =
                    Attributes.build(
                            ListAttributes.TABLE,
                            writer -> {
                                ofSet(writer, set);
                                writer.put(ListAttributes.ELEMENTS, part);
                            });
            message(
                    type,
                    flags,
                    set.family(),
                    attributes,
                    operation,
                    () -> describe(part.size(), set));
            from = to;
        }
        return this;
    }

    private static String describe(int count, NftSet set) {
        return (count == 1 ? "an element" : count + " elements") + " of " + set;
    }

    private static void ofSet(AttributeWriter writer, NftSet set) {
        writer.put(ListAttributes.TABLE_NAME, set.table()).put(ListAttributes.SET, set.name());
    }

    /// How many elements fit into one message; at least one.
    private static int endOfMessage(List<Element> elements, int from) {
        int bytes = 0;
        int to = from;
        while (to < elements.size() && bytes <= MAX_LIST_BYTES) {
            bytes += LIST_HEADER_BYTES + elements.get(to).attributes().encoded().length() + 3 & ~3;
            to++;
        }
        return bytes > MAX_LIST_BYTES && to > from + 1 ? to - 1 : to;
    }

    private Batch message(
            int type,
            int flags,
            Family family,
            Attributes attributes,
            String operation,
            Supplier<String> object) {
        requests.add(
                new NetlinkRequest(
                        type,
                        flags,
                        NetfilterHeader.of(family.number()),
                        attributes,
                        operation,
                        object));
        return this;
    }

    /// Whether there is nothing to change.
    public boolean isEmpty() {
        return requests.isEmpty();
    }

    List<NetlinkRequest> requests() {
        return requests;
    }
}
