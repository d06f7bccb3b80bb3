package dev.weft.linux.netlink;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.MalformedMessageException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/// The value kinds that netlink attributes share. Byte order is the machine's unless the name says
/// `BE`; a number is refused when its attribute has not exactly the kind's size.
public final class Codecs {
    /// 0 to 255.
    public static final Codec<Integer> U8 = number("u8", 1, 0, 0xff, s -> s.u8(0), ByteWriter::u8);

    /// 0 to 65,535.
    public static final Codec<Integer> U16 =
            number("u16", 2, 0, 0xffff, s -> s.u16(0), ByteWriter::u16);

    /// 0 to 65,535 in network order: ports, Ethernet types.
    public static final Codec<Integer> BE16 =
            number("be16", 2, 0, 0xffff, s -> s.be16(0), ByteWriter::be16);

    /// 32 bits with a sign; also for the unsigned ones that stay below 2^31 (indices, counts).
    public static final Codec<Integer> S32 =
            number("s32", 4, Integer.MIN_VALUE, Integer.MAX_VALUE, s -> s.s32(0), ByteWriter::s32);

    /// 32 bits in network order, as they are.
    public static final Codec<Integer> BE32 =
            number(
                    "be32",
                    4,
                    Integer.MIN_VALUE,
                    Integer.MAX_VALUE,
                    s -> s.be32(0),
                    ByteWriter::be32);

    /// 0 to 2^32 - 1.
    public static final Codec<Long> U32 =
            longNumber("u32", 4, 0, 0xffff_ffffL, s -> s.u32(0), (w, v) -> w.s32((int) (long) v));

    /// 0 to 2^32 - 1 in network order.
    public static final Codec<Long> BE_U32 =
            longNumber(
                    "be32",
                    4,
                    0,
                    0xffff_ffffL,
                    s -> s.be32(0) & 0xffff_ffffL,
                    (w, v) -> w.be32((int) (long) v));

    /// 64 bits; beyond 2^63 they show as negative, as everywhere in Java.
    public static final Codec<Long> U64 =
            longNumber("u64", 8, Long.MIN_VALUE, Long.MAX_VALUE, s -> s.s64(0), ByteWriter::s64);

    /// 64 bits in network order.
    public static final Codec<Long> BE64 =
            longNumber("be64", 8, Long.MIN_VALUE, Long.MAX_VALUE, s -> s.be64(0), ByteWriter::be64);

    /// One byte, 0 or 1; any other value reads as true.
    public static final Codec<Boolean> BOOL =
            Codec.of(
                    "bool",
                    slice -> exactly("bool", 1, slice).u8(0) != 0,
                    (writer, value) -> writer.u8(value ? 1 : 0));

    /// An attribute without payload: being there is the message.
    public static final Codec<Boolean> FLAG =
            Codec.of(
                    "flag",
                    slice -> exactly("flag", 0, slice).isEmpty(),
                    (writer, value) -> {
                        if (!value) {
                            throw new InvalidRequestException("leave a flag out to unset it");
                        }
                    });

    /// As many numbers as there are; bytes at the end that do not fill one are ignored.
    public static final Codec<List<Integer>> S32_ARRAY =
            Codec.of(
                    "s32 array",
                    slice ->
                            IntStream.range(0, slice.length() / Integer.BYTES)
                                    .mapToObj(i -> slice.s32(i * Integer.BYTES))
                                    .toList(),
                    (writer, numbers) -> numbers.forEach(writer::s32));

    /// As [#S32_ARRAY], of 64 bits.
    public static final Codec<List<Long>> S64_ARRAY =
            Codec.of(
                    "s64 array",
                    slice ->
                            IntStream.range(0, slice.length() / Long.BYTES)
                                    .mapToObj(i -> slice.s64(i * Long.BYTES))
                                    .toList(),
                    (writer, numbers) -> numbers.forEach(writer::s64));

    /// Text, NUL-terminated.
    public static final Codec<String> STRING =
            Codec.of("string", Slice::string, Codecs::writeString);

    /// Bytes that Weft does not look into.
    public static final Codec<Slice> BINARY = Codec.of("binary", s -> s, ByteWriter::slice);

    /// A link-layer address.
    public static final Codec<HardwareAddress> HARDWARE_ADDRESS =
            Codec.of(
                    "hardware address",
                    slice -> HardwareAddress.of(atMost(HardwareAddress.MAX_BYTES, slice).bytes()),
                    (writer, value) -> writer.bytes(value.bytes()));

    /// An IPv4 or IPv6 address, told apart by its size.
    public static final Codec<InetAddress> ADDRESS =
            Codec.<InetAddress>of(
                            "IP address",
                            slice -> IpPrefix.addressOf(slice.bytes()),
                            (writer, value) -> writer.bytes(value.getAddress()))
                    .printedBy(IpPrefix::textOf);

    /// An IPv4 address.
    public static final Codec<Inet4Address> IPV4 =
            Codec.<Inet4Address>of(
                            "IPv4 address",
                            slice ->
                                    (Inet4Address)
                                            IpPrefix.addressOf(
                                                    exactly("IPv4 address", 4, slice).bytes()),
                            (writer, value) -> writer.bytes(value.getAddress()))
                    .printedBy(IpPrefix::textOf);

    /// An IPv6 address.
    public static final Codec<Inet6Address> IPV6 =
            Codec.<Inet6Address>of(
                            "IPv6 address",
                            slice ->
                                    (Inet6Address)
                                            IpPrefix.addressOf(
                                                    exactly("IPv6 address", 16, slice).bytes()),
                            (writer, value) -> writer.bytes(value.getAddress()))
                    .printedBy(IpPrefix::textOf);

    private Codecs() {}

    /// Attributes inside an attribute.
    public static Codec<Attributes> nested(AttributeTable table) {
        return Codec.nesting(
                table.name(),
                slice -> Attributes.decode(table, slice),
                (writer, value) -> writer.slice(value.encoded()));
    }

    /// A list as the kernel nests it: every element an attribute of its own.
    ///
    /// @param elementNumber the number written before each element; any is accepted when read
    public static <T> Codec<List<T>> listOf(Codec<T> element, int elementNumber) {
        AttributeTable numbered = AttributeTable.named("list of " + element.name());
        return Codec.nesting(
                numbered.name(),
                slice -> {
                    List<T> values = new ArrayList<>();
                    Attributes.decode(numbered, slice)
                            .forEach((number, payload) -> values.add(element.decode(payload)));
                    return List.copyOf(values);
                },
                (writer, values) -> {
                    AttributeWriter attributes = new AttributeWriter(writer);
                    values.forEach(value ->
                            attributes.raw(elementNumber, target -> element.encode(target, value)));
                });
    }

    private static Codec<Integer> number(
            String name,
            int bytes,
            long least,
            long most,
            java.util.function.ToIntFunction<Slice> reader,
            BiConsumer<ByteWriter, Integer> writer) {
        return Codec.of(
                name,
                slice -> reader.applyAsInt(exactly(name, bytes, slice)),
                (target, value) -> {
                    inRange(name, least, most, value);
                    writer.accept(target, value);
                });
    }

    private static Codec<Long> longNumber(
            String name,
            int bytes,
            long least,
            long most,
            ToLongFunction<Slice> reader,
            BiConsumer<ByteWriter, Long> writer) {
        return Codec.of(
                name,
                slice -> reader.applyAsLong(exactly(name, bytes, slice)),
                (target, value) -> {
                    inRange(name, least, most, value);
                    writer.accept(target, value);
                });
    }

    private static void inRange(String name, long least, long most, long value) {
        if (value < least || value > most) {
            throw new InvalidRequestException(
                    value + " does not fit a " + name + ": " + least + " to " + most);
        }
    }

    private static void writeString(ByteWriter writer, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new InvalidRequestException("a name must not contain a NUL byte");
        }
        writer.bytes(value.getBytes(StandardCharsets.UTF_8)).u8(0);
    }

    private static Slice exactly(String name, int bytes, Slice slice) {
        if (slice.length() != bytes) {
            throw new MalformedMessageException(
                    "a " + name + " has " + bytes + " bytes, not " + slice.length());
        }
        return slice;
    }

    private static Slice atMost(int bytes, Slice slice) {
        if (slice.length() > bytes) {
            throw new MalformedMessageException(
                    "at most " + bytes + " bytes expected, not " + slice.length());
        }
        return slice;
    }
}
