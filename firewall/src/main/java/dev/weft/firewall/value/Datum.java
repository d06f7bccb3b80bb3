package dev.weft.firewall.value;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/// Bytes as they stand in a register, at most 64 (`NFT_DATA_VALUE_MAXLEN`).
///
/// @param bytes in the order that their meaning has
public record Datum(Slice bytes) implements Data {
    /// The kernel's limit.
    public static final int MAX_BYTES = 64;

    /// What an interface's name occupies, with zeros after it (`IFNAMSIZ`).
    public static final int INTERFACE_NAME_BYTES = 16;

    private static final int LABELS = 128;

    public Datum {
        if (bytes.isEmpty() || bytes.length() > MAX_BYTES) {
            throw new InvalidRequestException(
                    "nftables data have 1 to " + MAX_BYTES + " bytes, not " + bytes.length());
        }
    }

    static Datum decode(Attributes attributes) {
        Slice bytes =
                attributes
                        .find(VALUE)
                        .orElseThrow(() ->
                                new MalformedMessageException(
                                        "data are neither bytes nor a verdict"));
        if (bytes.isEmpty() || bytes.length() > MAX_BYTES) {
            throw new MalformedMessageException("data of " + bytes.length() + " bytes");
        }
        return new Datum(bytes);
    }

    /// Bytes as they are; the array is copied.
    public static Datum of(byte... bytes) {
        return new Datum(Slice.of(bytes.clone()));
    }

    /// An IPv4 or IPv6 address.
    public static Datum address(InetAddress address) {
        return new Datum(Slice.of(address.getAddress()));
    }

    /// A port, 0 to 65,535.
    public static Datum port(int port) {
        return new Datum(new ByteWriter().be16(inRange("a port", port, 0xffff)).toSlice());
    }

    /// A protocol number above IP, or any other number of one byte: 6 is TCP.
    public static Datum u8(int number) {
        return new Datum(new ByteWriter().u8(inRange("a byte", number, 0xff)).toSlice());
    }

    /// A number of 16 bits in the machine's order: a zone.
    public static Datum u16(int number) {
        return new Datum(
                new ByteWriter().u16(inRange("a number of 16 bits", number, 0xffff)).toSlice());
    }

    /// One of the 128 labels of a connection: a bit, words of 32 bits in the machine's order.
    ///
    /// @param label 0 to 127
    public static Datum label(int label) {
        inRange("a label", label, LABELS - 1);
        ByteWriter writer = new ByteWriter();
        for (int word = 0; word < LABELS / Integer.SIZE; word++) {
            writer.s32(word == label / Integer.SIZE ? 1 << label % Integer.SIZE : 0);
        }
        return new Datum(writer.toSlice());
    }

    /// A number of 32 bits in the machine's order: a mark, a state, an interface's index.
    public static Datum u32(int number) {
        return new Datum(new ByteWriter().s32(number).toSlice());
    }

    /// An interface's name, with zeros up to 16 bytes.
    ///
    /// @throws InvalidRequestException for one of more than 15 bytes
    public static Datum interfaceName(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        if (text.length == 0 || text.length >= INTERFACE_NAME_BYTES) {
            throw new InvalidRequestException(
                    "an interface name has 1 to 15 bytes, not " + text.length + ": " + name);
        }
        return new Datum(
                new ByteWriter().bytes(text).zeros(INTERFACE_NAME_BYTES - text.length).toSlice());
    }

    /// Several data behind one another, each padded to four bytes: the key of a set whose type is a
    /// concatenation.
    public static Datum concat(Datum... parts) {
        ByteWriter writer = new ByteWriter();
        for (Datum part : parts) {
            writer.slice(part.bytes).align();
        }
        return new Datum(writer.toSlice());
    }

    private static int inRange(String what, int value, int most) {
        if (value < 0 || value > most) {
            throw new InvalidRequestException(what + " is 0 to " + most + ", not " + value);
        }
        return value;
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(VALUE, bytes);
    }

    @Override
    public Attributes encode() {
        return Attributes.build(TABLE, this::write);
    }

    /// The bytes in hexadecimal.
    @Override
    public String toString() {
        return "0x" + bytes;
    }
}
