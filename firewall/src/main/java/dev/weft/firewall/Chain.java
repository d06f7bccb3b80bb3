package dev.weft.firewall;

import dev.weft.firewall.ChainAttributes.HookAttributes;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import java.util.List;
import java.util.Optional;

/// A chain: rules in order. Packets enter base chains from a hook, and others by a jump.
///
/// @param attributes of [ChainAttributes]
public record Chain(Family family, Attributes attributes) implements FirewallObject {
    private static final int PART_OF_RULE = 4;

    /// A chain that rules jump to.
    public static Chain of(Table table, String name) {
        return named(table.family(), table.name(), name);
    }

    /// A chain that packets enter at a hook; what no rule decides about is accepted.
    ///
    /// @param priority see [Priority]
    /// @param devices for ingress and egress alone, which need one at least
    /// @throws InvalidRequestException when the table's family has no such hook
    public static Chain base(
            Table table, String name, ChainType type, Hook hook, int priority, String... devices) {
        Attributes attachment =
                Attributes.build(
                        HookAttributes.TABLE,
                        writer -> {
                            writer.put(HookAttributes.NUMBER, hook.number(table.family()))
                                    .put(HookAttributes.PRIORITY, priority);
                            put(writer, List.of(devices));
                        });
        Attributes attributes =
                of(table, name)
                        .attributes
                        .and(writer ->
                                writer.put(ChainAttributes.TYPE, type.toString())
                                        .put(ChainAttributes.HOOK, attachment));
        return new Chain(table.family(), attributes);
    }

    /// A single device as kernels without lists of them want it.
    private static void put(AttributeWriter writer, List<String> devices) {
        if (devices.size() == 1) {
            writer.put(HookAttributes.DEVICE, devices.getFirst());
        } else if (!devices.isEmpty()) {
            writer.put(HookAttributes.DEVICES, devices);
        }
    }

    private static Chain named(Family family, String table, String name) {
        return new Chain(
                family,
                Attributes.build(
                        ChainAttributes.TABLE,
                        writer ->
                                writer.put(ChainAttributes.TABLE_NAME, table)
                                        .put(ChainAttributes.NAME, Names.checked("chain", name))));
    }

    /// This base chain with another fate for what no rule decides about.
    ///
    /// @param verdict accept or drop
    public Chain policy(Verdict verdict) {
        return new Chain(
                family,
                attributes.and(writer -> writer.put(ChainAttributes.POLICY, verdict.code())));
    }

    /// This chain with a note for people.
    public Chain comment(String text) {
        return new Chain(
                family,
                attributes.and(writer ->
                        writer.put(
                                ChainAttributes.USER_DATA,
                                UserData.comment(UserData.COMMENT, text))));
    }

    /// The name of its table.
    public String table() {
        return attributes.orElse(ChainAttributes.TABLE_NAME, "");
    }

    @Override
    public String name() {
        return attributes.orElse(ChainAttributes.NAME, "");
    }

    /// Where packets enter; nothing for chains that rules jump to.
    public Optional<Hook> hook() {
        return attachment(HookAttributes.NUMBER).flatMap(number -> Hook.find(family, number));
    }

    /// The kernel's word for its [ChainType]; empty for chains that rules jump to.
    public String type() {
        return attributes.orElse(ChainAttributes.TYPE, "");
    }

    /// The devices whose packets it sees, at ingress and egress.
    public List<String> devices() {
        return attachment(HookAttributes.DEVICES)
                .or(() -> attachment(HookAttributes.DEVICE).map(List::of))
                .orElse(List.of());
    }

    /// What it is besides, in bits: 1 base chain, 2 carried out by hardware, 4 part of a rule.
    public int flags() {
        return attributes.orElse(ChainAttributes.FLAGS, 0);
    }

    /// Its place among the base chains of its hook; see [Priority].
    public Optional<Integer> priority() {
        return attachment(HookAttributes.PRIORITY);
    }

    private <T> Optional<T> attachment(Attribute<T> attribute) {
        return attributes.find(ChainAttributes.HOOK).flatMap(hook -> hook.find(attribute));
    }

    /// What becomes of what no rule decides about, in a base chain.
    public Optional<Verdict> policy() {
        return attributes.find(ChainAttributes.POLICY).map(code -> new Verdict(code, ""));
    }

    /// How many rules it has and how many rules and elements lead to it, together.
    public int uses() {
        return attributes.orElse(ChainAttributes.USE, 0);
    }

    /// Whether it stands in a rule, `jump { ... }`, and has no name of its own.
    public boolean isPartOfRule() {
        return (flags() & PART_OF_RULE) != 0;
    }

    /// The note for people.
    public Optional<String> comment() {
        return attributes
                .find(ChainAttributes.USER_DATA)
                .flatMap(data -> UserData.text(data, UserData.COMMENT));
    }

    @Override
    public Chain wanted() {
        return new Chain(
                family,
                attributes.without(
                        ChainAttributes.HANDLE, ChainAttributes.USE, ChainAttributes.ID));
    }

    @Override
    public Kind kind() {
        return Kind.CHAIN;
    }

    @Override
    public Attributes identity() {
        return named(family, table(), name()).attributes();
    }

    @Override
    public String toString() {
        return "chain " + family + " " + table() + " " + name();
    }
}
