package dev.weft.linux.netlink;

import dev.weft.linux.MalformedMessageException;

/// What every decoder must bear: any bytes.
public final class DecodeFuzz {
    private DecodeFuzz() {}

    /// Reads bytes as attributes of a table, every value and every nest of it, and prints them;
    /// nothing but [MalformedMessageException] may come of it.
    public static void attributes(AttributeTable table, Slice bytes) {
        Attributes attributes;
        try {
            attributes = Attributes.decode(table, bytes);
        } catch (MalformedMessageException expected) {
            return;
        }
        print(attributes);
        for (Attribute<?> attribute : table.all()) {
            try {
                attributes.all(attribute);
                attributes.nested(attribute).ifPresent(DecodeFuzz::print);
            } catch (MalformedMessageException expected) {
                // Some attribute is not what it should be; the others are read nevertheless.
            }
        }
    }

    private static void print(Attributes attributes) {
        if (!attributes.toString().endsWith("}")) {
            throw new AssertionError("attributes print at least their braces");
        }
    }
}
