package dev.weft.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/// A window into a byte array: what every view reads through. Taking a part of a slice never
/// copies.
///
/// Numbers are read in network byte order. Reading outside the window throws
/// [IndexOutOfBoundsException], which is a bug of the reader: decoders first [#require] the bytes.
/// Equality is by content. Nothing is written through a slice, but whoever holds the array can
/// change it: values that must not change take a [#copy].
public final class Slice {
    /// No bytes.
    public static final Slice EMPTY = new Slice(new byte[0], 0, 0);

    private static final VarHandle U16 =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U32 =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U64 =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Slice(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /// All of `array`.
    public static Slice of(byte[] array) {
        return new Slice(array, 0, array.length);
    }

    /// `length` bytes of `array` from `offset`.
    public static Slice of(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new Slice(array, offset, length);
    }

    /// The number of bytes.
    public int length() {
        return length;
    }

    /// Whether there are no bytes.
    public boolean isEmpty() {
        return length == 0;
    }

    /// The byte at `at`, 0 to 255.
    public int u8(int at) {
        return array[offset + Objects.checkIndex(at, length)] & 0xff;
    }

    /// The two bytes at `at`, 0 to 65535.
    public int u16(int at) {
        return (short) U16.get(array, position(at, Short.BYTES)) & 0xffff;
    }

    /// The three bytes at `at`.
    public int u24(int at) {
        return u8(at) << 16 | u16(at + 1);
    }

    /// The four bytes at `at`, 0 to 2³²-1.
    public long u32(int at) {
        return (int) U32.get(array, position(at, Integer.BYTES)) & 0xffff_ffffL;
    }

    /// The six bytes at `at`.
    public long u48(int at) {
        return (long) u16(at) << 32 | u32(at + 2);
    }

    /// The eight bytes at `at`, as a two's complement number.
    public long s64(int at) {
        return (long) U64.get(array, position(at, Long.BYTES));
    }

    private int position(int at, int size) {
        return offset + Objects.checkFromIndexSize(at, size, length);
    }

    /// The part of `size` bytes from `at`.
    public Slice part(int at, int size) {
        return new Slice(array, position(at, size), size);
    }

    /// Everything from `at` to the end.
    public Slice from(int at) {
        return part(at, length - at);
    }

    /// The first `size` bytes, or everything when there are fewer.
    public Slice atMost(int size) {
        return part(0, Math.min(size, length));
    }

    /// A slice of its own array, which nobody else can change.
    public Slice copy() {
        return of(toByteArray());
    }

    /// The bytes in a new array.
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /// Appends the bytes to `out`.
    public void writeTo(ByteBuffer out) {
        out.put(array, offset, length);
    }

    /// Checks that `field` of `size` bytes fits at `at`.
    ///
    /// @throws MalformedPacketException when it does not
    Slice require(String protocol, String field, int at, int size) {
        if (at + size > length) {
            throw new MalformedPacketException(
                    protocol,
                    field,
                    at,
                    String.format(Locale.ROOT, "%d bytes", size),
                    String.format(Locale.ROOT, "%d", length - at));
        }
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slice that
                && Arrays.equals(
                        array,
                        offset,
                        offset + length,
                        that.array,
                        that.offset,
                        that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /// The bytes in hexadecimal.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(array, offset, offset + length);
    }
}
