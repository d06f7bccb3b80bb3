package dev.weft.linux.netlink;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The attributes of one nested space: what drives decoding, encoding, printing, the names in
/// extended acknowledgements, and the tests.
///
/// A table is filled while its class is initialised and never changes afterwards:
///
/// ```java
/// public final class VethAttributes {
///     public static final AttributeTable TABLE = AttributeTable.named("veth");
///     public static final Attribute<Slice> PEER = TABLE.add(1, "VETH_INFO_PEER", Codecs.BINARY);
/// }
/// ```
public final class AttributeTable {
    /// Set on attributes that hold others (`NLA_F_NESTED`).
    static final int NESTED = 0x8000;

    /// Set on attributes in network order by some families (`NLA_F_NET_BYTEORDER`).
    static final int NETWORK_ORDER = 0x4000;

    static final int NUMBER_MASK = 0x3fff;

    private final String name;
    private final Map<Integer, Attribute<?>> attributes = new LinkedHashMap<>();

    private AttributeTable(String name) {
        this.name = name;
    }

    /// An empty table.
    ///
    /// @param name of the space, for messages
    public static AttributeTable named(String name) {
        return new AttributeTable(name);
    }

    public String name() {
        return name;
    }

    /// Adds an attribute with a plain value.
    public <T> Attribute<T> add(int number, String attributeName, Codec<T> codec) {
        return put(new Attribute<>(number, attributeName, codec, siblings -> Optional.empty()));
    }

    /// Adds an attribute that holds others.
    public Attribute<Attributes> nest(int number, String attributeName, AttributeTable inner) {
        Optional<AttributeTable> inside = Optional.of(inner);
        return put(
                new Attribute<>(number, attributeName, Codecs.nested(inner), siblings -> inside));
    }

    /// Adds an attribute that holds others, of a table that an attribute beside it decides. Its
    /// value is kept as bytes; [Attributes#nested] reads it.
    public Attribute<Slice> nestBy(
            int number,
            String attributeName,
            Function<Attributes, Optional<AttributeTable>> inner) {
        return put(new Attribute<>(number, attributeName, Codecs.BINARY, inner));
    }

    /// Adds an attribute that holds a numbered list of nests of one table.
    public Attribute<java.util.List<Attributes>> nestList(
            int number, String attributeName, AttributeTable inner, int elementNumber) {
        Optional<AttributeTable> list = Optional.of(listTable(inner, elementNumber));
        return put(
                new Attribute<>(
                        number,
                        attributeName,
                        Codecs.listOf(Codecs.nested(inner), elementNumber),
                        siblings -> list));
    }

    private static AttributeTable listTable(AttributeTable inner, int elementNumber) {
        AttributeTable list = named("list of " + inner.name());
        list.nest(elementNumber, inner.name(), inner);
        return list;
    }

    private <T> Attribute<T> put(Attribute<T> attribute) {
        if (attributes.put(attribute.number(), attribute) != null) {
            throw new IllegalStateException(name + " has two attributes " + attribute.number());
        }
        return attribute;
    }

    /// The attribute of a number, if the table has one.
    public Optional<Attribute<?>> find(int number) {
        return Optional.ofNullable(attributes.get(number));
    }

    /// All attributes, in the order they were added.
    public Collection<Attribute<?>> all() {
        return java.util.Collections.unmodifiableCollection(attributes.values());
    }

    /// A number for a person: its name, or `attribute 77` for one the table does not have.
    String nameOf(int number) {
        return find(number).map(Attribute::name).orElse("attribute " + number);
    }
}
