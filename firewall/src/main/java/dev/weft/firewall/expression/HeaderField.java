package dev.weft.firewall.expression;

import dev.weft.firewall.value.DataType;

/// A field of a protocol's header: where it stands, and what its values are.
///
/// @param header the protocol
/// @param name as `nft` writes it behind the header's
/// @param offsetBits from the start of the header
/// @param lengthBits of the field, 1 or more
public record HeaderField(
        Header header, String name, int offsetBits, int lengthBits, DataType type) {
    /// Whether it begins and ends between bytes, so that it can be loaded by itself.
    public boolean isWholeBytes() {
        return offsetBits % Byte.SIZE == 0 && lengthBits % Byte.SIZE == 0;
    }

    /// The expression that loads the bytes that it stands in.
    public Payload load(Register destination) {
        int first = offsetBits / Byte.SIZE;
        int end = (offsetBits + lengthBits + Byte.SIZE - 1) / Byte.SIZE;
        return new Payload(header.base(), first, end - first, destination);
    }

    /// As `nft` writes it.
    @Override
    public String toString() {
        return header + " " + name;
    }
}
