package dev.weft.linux.netlink;

import dev.weft.linux.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/// A run of attributes, as received or as about to be sent: the bytes, checked once for structure,
/// and the table that gives them names and types.
///
/// Values are decoded when asked for, so a dump costs only what is looked at, and nothing is lost:
/// attributes that the table does not know stay in the bytes and survive a round trip.
public final class Attributes {
    private static final int MAX_PRINT_DEPTH = 8;

    private final AttributeTable table;
    private final Slice bytes;

    private Attributes(AttributeTable table, Slice bytes) {
        this.table = table;
        this.bytes = bytes;
    }

    /// What takes part in [#forEach].
    @FunctionalInterface
    public interface Visitor {
        /// Is given each attribute's number, without flag bits, and its payload.
        void visit(int number, Slice payload);
    }

    /// No attributes of a table.
    public static Attributes empty(AttributeTable table) {
        return new Attributes(table, Slice.EMPTY);
    }

    /// Checks the structure of a run of attributes; does not look into them.
    ///
    /// @throws MalformedMessageException when one reaches outside of the bytes
    public static Attributes decode(AttributeTable table, Slice bytes) {
        for (int at = 0; at < bytes.length(); at = next(bytes, at)) {
            int left = bytes.length() - at;
            if (left < AttributeWriter.HEADER_BYTES
                    || bytes.u16(at) < AttributeWriter.HEADER_BYTES
                    || bytes.u16(at) > left) {
                throw new MalformedMessageException(
                        "attributes of " + table.name() + " end within one at offset " + at);
            }
        }
        return new Attributes(table, bytes);
    }

    /// Attributes from values.
    public static Attributes build(AttributeTable table, Consumer<AttributeWriter> content) {
        ByteWriter writer = new ByteWriter();
        content.accept(new AttributeWriter(writer));
        return new Attributes(table, writer.toSlice());
    }

    private static int next(Slice bytes, int at) {
        return at + (bytes.u16(at) + 3 & ~3);
    }

    public AttributeTable table() {
        return table;
    }

    public boolean isEmpty() {
        return bytes.isEmpty();
    }

    /// The value of an attribute; of the last one when it is there several times, as the kernel
    /// reads it.
    ///
    /// @throws MalformedMessageException when its payload is no such value, naming the attribute
    public <T> Optional<T> find(Attribute<T> attribute) {
        return payload(attribute.number()).map(slice -> decode(attribute, slice));
    }

    /// The values of an attribute that stands several times, in order.
    ///
    /// @throws MalformedMessageException when one's payload is no such value, naming the attribute
    public <T> List<T> all(Attribute<T> attribute) {
        List<T> values = new ArrayList<>();
        forEach((number, payload) -> {
            if (number == attribute.number()) {
                values.add(decode(attribute, payload));
            }
        });
        return values;
    }

    /// The value of an attribute, or another when it is absent.
    public <T> T orElse(Attribute<T> attribute, T other) {
        return find(attribute).orElse(other);
    }

    /// The attributes inside an attribute, by the table that applies to it here; none when it is
    /// absent or its inner table is unknown.
    public Optional<Attributes> nested(Attribute<?> attribute) {
        return attribute
                .inside()
                .apply(this)
                .flatMap(inner -> payload(attribute.number()).map(s -> decode(inner, s)));
    }

    public boolean has(Attribute<?> attribute) {
        return payload(attribute.number()).isPresent();
    }

    /// The bytes of an attribute by number, known to the table or not.
    public Optional<Slice> payload(int number) {
        Slice found = null;
        for (int at = 0; at < bytes.length(); at = next(bytes, at)) {
            if ((bytes.u16(at + 2) & AttributeTable.NUMBER_MASK) == number) {
                found = payloadAt(at);
            }
        }
        return Optional.ofNullable(found);
    }

    /// Visits every attribute in order.
    public void forEach(Visitor visitor) {
        for (int at = 0; at < bytes.length(); at = next(bytes, at)) {
            visitor.visit(bytes.u16(at + 2) & AttributeTable.NUMBER_MASK, payloadAt(at));
        }
    }

    /// These attributes followed by more of the same table.
    public Attributes and(Consumer<AttributeWriter> more) {
        return build(table, writer -> more.accept(writer.all(this)));
    }

    /// These attributes without some, the others as they are.
    public Attributes without(Attribute<?>... some) {
        return without(List.of(some));
    }

    /// As [#without(Attribute...)].
    public Attributes without(List<Attribute<?>> some) {
        return filter(number -> !isAmong(some, number));
    }

    /// Only some of these attributes, as they are.
    public Attributes only(List<Attribute<?>> some) {
        return filter(number -> isAmong(some, number));
    }

    private static boolean isAmong(List<Attribute<?>> attributes, int number) {
        return attributes.stream().anyMatch(attribute -> attribute.number() == number);
    }

    private Attributes filter(IntPredicate numbers) {
        ByteWriter kept = new ByteWriter();
        for (int at = 0; at < bytes.length(); at = next(bytes, at)) {
            if (numbers.test(bytes.u16(at + 2) & AttributeTable.NUMBER_MASK)) {
                kept.slice(bytes.part(at, bytes.u16(at))).align();
            }
        }
        return new Attributes(table, kept.toSlice());
    }

    /// The bytes as they go to the kernel.
    public Slice encoded() {
        return bytes;
    }

    private Slice payloadAt(int at) {
        int header = AttributeWriter.HEADER_BYTES;
        return bytes.part(at + header, bytes.u16(at) - header);
    }

    private static <T> T decode(Attribute<T> attribute, Slice payload) {
        try {
            return attribute.codec().decode(payload);
        } catch (MalformedMessageException wrong) {
            throw new MalformedMessageException(attribute.name() + ": " + wrong.getMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes that && table == that.table && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    /// Every attribute by name, with its value; unknown ones in hexadecimal.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        print(text, 0);
        return text.toString();
    }

    private void print(StringBuilder text, int depth) {
        text.append('{');
        forEach((number, payload) -> {
            text.append(text.charAt(text.length() - 1) == '{' ? "" : ", ");
            text.append(table.nameOf(number)).append('=');
            printValue(text, number, payload, depth);
        });
        text.append('}');
    }

    private void printValue(StringBuilder text, int number, Slice payload, int depth) {
        try {
            Optional<Attribute<?>> attribute = table.find(number);
            Optional<AttributeTable> inner = attribute.flatMap(known -> known.inside().apply(this));
            if (inner.isPresent() && depth < MAX_PRINT_DEPTH) {
                decode(inner.get(), payload).print(text, depth + 1);
            } else {
                text.append(
                        attribute
                                .map(known -> printed(known, payload))
                                .orElseGet(payload::toString));
            }
        } catch (MalformedMessageException notWhatItShouldBe) {
            text.append(payload);
        }
    }

    private static <T> String printed(Attribute<T> attribute, Slice payload) {
        return attribute.codec().printer().apply(attribute.codec().decode(payload));
    }
}
