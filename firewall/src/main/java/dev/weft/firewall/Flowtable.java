package dev.weft.firewall;

import dev.weft.firewall.FlowtableAttributes.FlowtableHookAttributes;
import dev.weft.firewall.value.Family;
import dev.weft.linux.netlink.Attributes;
import java.util.List;
import java.util.Optional;

/// A flowtable: established connections that rules put there go from device to device without the
/// rest of the way through the machine.
///
/// @param attributes of [FlowtableAttributes]
public record Flowtable(Family family, Attributes attributes) implements FirewallObject {
    private static final int INGRESS = 0;

    /// A flowtable to be made.
    ///
    /// @param priority see [Priority]
    /// @param devices between which packets take the short way
    public static Flowtable of(Table table, String name, int priority, String... devices) {
        Attributes hook =
                Attributes.build(
                        FlowtableHookAttributes.TABLE,
                        writer ->
                                writer.put(FlowtableHookAttributes.NUMBER, INGRESS)
                                        .put(FlowtableHookAttributes.PRIORITY, priority)
                                        .put(FlowtableHookAttributes.DEVICES, List.of(devices)));
        return new Flowtable(
                table.family(),
                named(table.name(), name)
                        .and(writer -> writer.put(FlowtableAttributes.HOOK, hook)));
    }

    private static Attributes named(String table, String name) {
        return Attributes.build(
                FlowtableAttributes.TABLE,
                writer ->
                        writer.put(FlowtableAttributes.TABLE_NAME, table)
                                .put(FlowtableAttributes.NAME, Names.checked("flowtable", name)));
    }

    /// This flowtable with other flags.
    ///
    /// @param flags bits: 1 carried out by hardware, 2 counts
    public Flowtable flags(int flags) {
        return new Flowtable(
                family, attributes.and(writer -> writer.put(FlowtableAttributes.FLAGS, flags)));
    }

    /// The name of its table.
    public String table() {
        return attributes.orElse(FlowtableAttributes.TABLE_NAME, "");
    }

    @Override
    public String name() {
        return attributes.orElse(FlowtableAttributes.NAME, "");
    }

    /// Its place among what is attached to the same devices; see [Priority].
    public Optional<Integer> priority() {
        return hook().flatMap(hook -> hook.find(FlowtableHookAttributes.PRIORITY));
    }

    /// Between which packets take the short way, in the kernel's order.
    public List<String> devices() {
        return hook().flatMap(hook -> hook.find(FlowtableHookAttributes.DEVICES)).orElse(List.of());
    }

    private Optional<Attributes> hook() {
        return attributes.find(FlowtableAttributes.HOOK);
    }

    /// Bits: 1 carried out by hardware, 2 counts.
    public int flags() {
        return attributes.orElse(FlowtableAttributes.FLAGS, 0);
    }

    @Override
    public Flowtable wanted() {
        return new Flowtable(
                family, attributes.without(FlowtableAttributes.HANDLE, FlowtableAttributes.USE));
    }

    @Override
    public Kind kind() {
        return Kind.FLOWTABLE;
    }

    @Override
    public Attributes identity() {
        return named(table(), name());
    }

    @Override
    public String toString() {
        return "flowtable " + family + " " + table() + " " + name();
    }
}
