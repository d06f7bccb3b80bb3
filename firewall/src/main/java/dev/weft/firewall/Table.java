package dev.weft.firewall;

import dev.weft.firewall.value.Family;
import dev.weft.linux.netlink.Attributes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A table: chains, sets and objects that belong together. One program, one table: nothing outside
/// of it is touched, and deleting it removes all.
///
/// The same type says what is wanted and what the kernel has; the latter carries more attributes.
///
/// @param attributes of [TableAttributes]
public record Table(Family family, Attributes attributes) implements FirewallObject {

    /// A table to be made or named.
    public static Table of(Family family, String name) {
        return new Table(
                family,
                Attributes.build(
                        TableAttributes.TABLE,
                        writer -> writer.put(TableAttributes.NAME, Names.checked("table", name))));
    }

    /// This table with a note for people.
    public Table comment(String text) {
        return new Table(
                family,
                attributes.and(writer ->
                        writer.put(
                                TableAttributes.USER_DATA,
                                UserData.comment(UserData.COMMENT, text))));
    }

    /// This table with more flags.
    public Table with(TableFlag... more) {
        int bits = attributes.orElse(TableAttributes.FLAGS, 0);
        for (TableFlag flag : more) {
            bits |= flag.bit();
        }
        int all = bits;
        return new Table(family, attributes.and(writer -> writer.put(TableAttributes.FLAGS, all)));
    }

    /// How it behaves as a whole.
    public Set<TableFlag> flags() {
        int bits = attributes.orElse(TableAttributes.FLAGS, 0);
        return Arrays.stream(TableFlag.values())
                .filter(flag -> (bits & flag.bit()) != 0)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(TableFlag.class)));
    }

    @Override
    public String name() {
        return attributes.orElse(TableAttributes.NAME, "");
    }

    /// The note for people.
    public Optional<String> comment() {
        return attributes
                .find(TableAttributes.USER_DATA)
                .flatMap(data -> UserData.text(data, UserData.COMMENT));
    }

    @Override
    public Table wanted() {
        return new Table(
                family,
                attributes.without(
                        TableAttributes.USE, TableAttributes.HANDLE, TableAttributes.OWNER));
    }

    @Override
    public Kind kind() {
        return Kind.TABLE;
    }

    @Override
    public Attributes identity() {
        return of(family, name()).attributes();
    }

    @Override
    public String toString() {
        return "table " + family + " " + name();
    }
}
