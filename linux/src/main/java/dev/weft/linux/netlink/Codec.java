package dev.weft.linux.netlink;

import dev.weft.linux.MalformedMessageException;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// How one kind of attribute value stands in bytes.
///
/// @param name what the value is, for messages: `u32`, `IPv4 address`
/// @param flags what the attribute's header says of it besides its number: that the payload is
///   itself made of attributes, or that it is in network order
/// @param reader takes exactly the attribute's payload; throws [MalformedMessageException]
/// @param writer appends the payload; throws [InvalidRequestException] for a value out of range
/// @param printer the value for a person
public record Codec<T>(
        String name,
        int flags,
        Function<Slice, T> reader,
        BiConsumer<ByteWriter, T> writer,
        Function<T, String> printer) {

    /// A codec that prints values by their `toString`.
    public static <T> Codec<T> of(
            String name, Function<Slice, T> reader, BiConsumer<ByteWriter, T> writer) {
        return new Codec<>(name, 0, reader, writer, Object::toString);
    }

    /// A codec whose payload is made of attributes.
    static <T> Codec<T> nesting(
            String name, Function<Slice, T> reader, BiConsumer<ByteWriter, T> writer) {
        return new Codec<>(name, AttributeTable.NESTED, reader, writer, Object::toString);
    }

    /// A codec for values of at least a size; longer ones come from newer kernels, and only the
    /// part known here is read.
    public static <T> Codec<T> struct(
            String name, int bytes, Function<Slice, T> reader, BiConsumer<ByteWriter, T> writer) {
        return of(name, slice -> reader.apply(atLeast(name, bytes, slice)), writer);
    }

    /// This codec with its values seen as another type, such as the constants of an enumeration.
    public <U> Codec<U> as(Function<T, U> forward, Function<U, T> back) {
        return of(
                name,
                slice -> forward.apply(reader.apply(slice)),
                (writer, value) -> this.writer.accept(writer, back.apply(value)));
    }

    /// This codec with another way to print.
    public Codec<T> printedBy(Function<T, String> other) {
        return new Codec<>(name, flags, reader, writer, other);
    }

    /// This codec with its attributes marked as being in network order, which the family of IP sets
    /// insists on and others do not.
    public Codec<T> markedNetworkOrder() {
        return new Codec<>(name, flags | AttributeTable.NETWORK_ORDER, reader, writer, printer);
    }

    /// Whether the payload is itself made of attributes.
    public boolean nests() {
        return (flags & AttributeTable.NESTED) != 0;
    }

    T decode(Slice slice) {
        return reader.apply(slice);
    }

    void encode(ByteWriter target, T value) {
        writer.accept(target, value);
    }

    private static Slice atLeast(String name, int bytes, Slice slice) {
        if (slice.length() < bytes) {
            throw new MalformedMessageException(
                    "a " + name + " has " + bytes + " bytes, not " + slice.length());
        }
        return slice;
    }
}
