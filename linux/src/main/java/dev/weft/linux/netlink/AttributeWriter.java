package dev.weft.linux.netlink;

import dev.weft.linux.InvalidRequestException;
import java.util.function.Consumer;

/// Appends attributes to bytes: header, payload, padding (`struct nlattr` in
/// `include/uapi/linux/netlink.h`).
public final class AttributeWriter {
    /// The length field has 16 bits.
    static final int MAX_BYTES = 0xffff;

    static final int HEADER_BYTES = 4;

    private final ByteWriter target;

    AttributeWriter(ByteWriter target) {
        this.target = target;
    }

    /// Appends a typed attribute.
    ///
    /// @throws InvalidRequestException when the value is outside the attribute's range, naming it
    public <T> AttributeWriter put(Attribute<T> attribute, T value) {
        try {
            return raw(
                    attribute.number() | attribute.codec().flags(),
                    payload -> attribute.codec().encode(payload, value));
        } catch (InvalidRequestException outOfRange) {
            throw new InvalidRequestException(attribute.name() + ": " + outOfRange.getMessage());
        }
    }

    /// Appends an attribute that holds others, whatever its table.
    public AttributeWriter nest(Attribute<?> attribute, Consumer<AttributeWriter> inside) {
        return nest(attribute.number(), inside);
    }

    /// Appends an attribute by number that holds others: an element of a list.
    public AttributeWriter nest(int number, Consumer<AttributeWriter> inside) {
        return raw(
                number | AttributeTable.NESTED,
                payload -> inside.accept(new AttributeWriter(payload)));
    }

    /// Appends attributes as they are.
    public AttributeWriter all(Attributes attributes) {
        target.slice(attributes.encoded()).align();
        return this;
    }

    /// Appends an attribute by number.
    ///
    /// @param type the number, with flag bits where wanted
    public AttributeWriter raw(int type, Consumer<ByteWriter> payload) {
        int start = target.length();
        target.u16(0).u16(type);
        payload.accept(target);
        int length = target.length() - start;
        if (length > MAX_BYTES) {
            throw new InvalidRequestException(
                    "an attribute holds at most " + MAX_BYTES + " bytes, not " + length);
        }
        target.setU16(start, length);
        target.align();
        return this;
    }
}
