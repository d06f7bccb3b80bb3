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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Anonymous anonymous = new Anonymous();
    private int lastId;

    /// Nothing to change yet.
    public Batch() {}

    /// Makes a table or something in it; keeps what is there already.
    public Batch add(FirewallObject object) {
        return make(object, NetlinkFlags.CREATE, "add");
    }

    /// Makes a table or something in it that must not be there yet.
    public Batch create(FirewallObject object) {
        return make(object, NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE, "create");
    }

    private Batch make(FirewallObject object, int flags, String operation) {
        Attributes attributes =
                switch (object) {
                    case Chain chain -> anonymous.made(chain, ++lastId);
                    case NftSet set -> anonymous.made(set, ++lastId);
                    case Table _, NftObject _, Flowtable _ -> object.attributes();
                };
        return message(
                object.kind().create(),
                flags,
                object.family(),
                attributes,
                operation,
                object::toString);
    }

    /// Makes a table with everything in it, as it was read: what rules and elements refer to comes
    /// before them. Sets and chains that belong to one rule get new names from the kernel.
    public Batch create(TableContent content) {
        create(content.table().wanted());
        content.flowtables().forEach(flowtable -> create(flowtable.wanted()));
        content.objects().forEach(named -> create(named.wanted()));
        content.chains().keySet().forEach(chain -> create(chain.wanted()));
        content.sets().keySet().forEach(set -> create(set.wanted()));
        content.sets().forEach((set, elements) -> add(set, Element.inOrder(set, elements)));
        inOrder(content.chains()).forEach(rules -> rules.forEach(rule -> append(rule.wanted())));
        return this;
    }

    /// A chain in a rule takes no more rules once that rule is there; one within another was made
    /// after it.
    private static Deque<List<Rule>> inOrder(Map<Chain, List<Rule>> chains) {
        Deque<List<Rule>> order = new ArrayDeque<>();
        chains.forEach((chain, rules) -> {
            if (chain.isPartOfRule()) {
                order.addFirst(rules);
            } else {
                order.addLast(rules);
            }
        });
        return order;
    }

    /// Removes a table with everything in it, or something else that nothing refers to.
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

    /// Adds a rule behind another of its chain.
    ///
    /// @param other from the kernel, or numbered and made before in this batch
    public Batch appendAfter(Rule other, Rule rule) {
        return rule(beside(other, rule), NetlinkFlags.CREATE | NetlinkFlags.APPEND, "append");
    }

    /// Adds a rule before another of its chain.
    ///
    /// @param other from the kernel, or numbered and made before in this batch
    public Batch insertBefore(Rule other, Rule rule) {
        return rule(beside(other, rule), NetlinkFlags.CREATE, "insert");
    }

    private static Rule beside(Rule other, Rule rule) {
        return other.handle()
                .map(handle -> at(RuleAttributes.POSITION, handle, rule))
                .or(() -> other.id().map(id -> at(RuleAttributes.POSITION_ID, id, rule)))
                .orElseThrow(() ->
                        new InvalidRequestException(
                                "a rule without handle and number has no place: " + other.text()));
    }

    private static <T> Rule at(Attribute<T> place, T where, Rule rule) {
        return new Rule(rule.family(), rule.attributes().and(writer -> writer.put(place, where)));
    }

    private Batch rule(Rule rule, int flags, String operation) {
        return message(
                Kind.RULE.create(),
                flags,
                rule.family(),
                anonymous.bound(rule),
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

    private void ofSet(AttributeWriter writer, NftSet set) {
        writer.put(ListAttributes.TABLE_NAME, set.table());
        anonymous
                .id(set)
                .ifPresentOrElse(
                        id ->
                                writer.put(ListAttributes.SET, Anonymous.pattern(set.name()))
                                        .put(ListAttributes.SET_ID, id),
                        () -> writer.put(ListAttributes.SET, set.name()));
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

    /// The requests, each naming its object by its place here; see [#at(String)].
    ///
    /// @param flags for all of them besides their own
    List<NetlinkRequest> placed(int flags) {
        List<NetlinkRequest> placed = new ArrayList<>(requests.size());
        for (NetlinkRequest request : requests) {
            placed.add(
                    new NetlinkRequest(
                            request.type(),
                            request.flags() | flags,
                            request.header(),
                            request.attributes(),
                            request.operation(),
                            Integer.toString(placed.size())));
        }
        return placed;
    }

    /// The request at a place; nothing for those around the batch.
    Optional<NetlinkRequest> at(String place) {
        return place.chars().allMatch(Character::isDigit)
                ? Optional.of(requests.get(Integer.parseInt(place)))
                : Optional.empty();
    }
}
