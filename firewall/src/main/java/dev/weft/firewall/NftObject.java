package dev.weft.firewall;

import dev.weft.firewall.expression.Counter;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.value.Family;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attributes;
import java.util.Optional;

/// A named object of a table, which rules and maps refer to: a counter, a quota, a limit, a helper
/// of connection tracking and others.
///
/// @param attributes of [ObjectAttributes]
public record NftObject(Family family, Attributes attributes) implements FirewallObject {

    /// An object to be made.
    public static NftObject of(Table table, String name, ObjectData data) {
        return new NftObject(
                table.family(),
                named(table.name(), name, data.type().number())
                        .and(writer ->
                                writer.nest(
                                        ObjectAttributes.DATA, nest -> nest.all(data.encode()))));
    }

    /// An object that does what an expression of rules does, for several rules together.
    ///
    /// @param type counter, quota, limit, connlimit or synproxy, as the expression is
    public static NftObject of(Table table, String name, ObjectType type, Expression expression) {
        return of(table, name, new ObjectData.State(type, expression));
    }

    /// A counter that begins at nothing.
    public static NftObject counter(Table table, String name) {
        return of(table, name, ObjectType.COUNTER, new Counter(0, 0));
    }

    private static Attributes named(String table, String name, int type) {
        return Attributes.build(
                ObjectAttributes.TABLE,
                writer ->
                        writer.put(ObjectAttributes.TABLE_NAME, table)
                                .put(ObjectAttributes.NAME, Names.checked("object", name))
                                .put(ObjectAttributes.TYPE, type));
    }

    /// This object with a note for people.
    public NftObject comment(String text) {
        return new NftObject(
                family,
                attributes.and(writer ->
                        writer.put(
                                ObjectAttributes.USER_DATA,
                                UserData.comment(UserData.COMMENT, text))));
    }

    /// The name of its table.
    public String table() {
        return attributes.orElse(ObjectAttributes.TABLE_NAME, "");
    }

    @Override
    public String name() {
        return attributes.orElse(ObjectAttributes.NAME, "");
    }

    /// What it is; nothing when Weft has no name for its type.
    public Optional<ObjectType> type() {
        return ObjectType.find(typeNumber());
    }

    private int typeNumber() {
        return attributes.orElse(ObjectAttributes.TYPE, 0);
    }

    /// What it does, and what it counted so far; nothing when Weft has no name for its type.
    ///
    /// @throws MalformedMessageException when the data are not of its type
    public Optional<ObjectData> data() {
        return type().map(type ->
                ObjectData.decode(
                        type,
                        attributes
                                .nested(ObjectAttributes.DATA)
                                .orElseGet(() -> Attributes.empty(type.table()))));
    }

    /// How many rules and map elements refer to it, as far as the kernel told.
    public int uses() {
        return attributes.orElse(ObjectAttributes.USE, 0);
    }

    /// The note for people.
    public Optional<String> comment() {
        return attributes
                .find(ObjectAttributes.USER_DATA)
                .flatMap(data -> UserData.text(data, UserData.COMMENT));
    }

    @Override
    public NftObject wanted() {
        return new NftObject(
                family, attributes.without(ObjectAttributes.HANDLE, ObjectAttributes.USE));
    }

    @Override
    public Kind kind() {
        return Kind.OBJECT;
    }

    @Override
    public Attributes identity() {
        return named(table(), name(), typeNumber());
    }

    @Override
    public String toString() {
        String type = type().map(ObjectType::toString).orElse("object");
        return type + " " + family + " " + table() + " " + name();
    }
}
