package dev.weft.linux.netlink;

import dev.weft.linux.MalformedMessageException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// A part of received bytes, read with bounds: no copy, and nothing outside can be reached.
///
/// Plain accessors read the machine's byte order, as rtnetlink does; `be` ones network order.
public final class Slice {
    /// No bytes.
    public static final Slice EMPTY = of();

    private static final VarHandle SHORT = view(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = view(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG = view(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle BE_SHORT = view(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BE_INT = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BE_LONG = view(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] array;
    private final int start;
    private final int length;

    private Slice(byte[] array, int start, int length) {
        this.array = array;
        this.start = start;
        this.length = length;
    }

    private static VarHandle view(Class<?> type, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(type, order);
    }

    /// A view of a whole array, which must not change afterwards.
    public static Slice of(byte... array) {
        return new Slice(array, 0, array.length);
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /// A part of this slice.
    ///
    /// @throws MalformedMessageException when it reaches outside
    public Slice part(int offset, int size) {
        return new Slice(array, at(offset, size), size);
    }

    /// Everything from an offset on.
    public Slice from(int offset) {
        return part(offset, length - offset);
    }

    public int u8(int offset) {
        return array[at(offset, 1)] & 0xff;
    }

    public int u16(int offset) {
        return (short) SHORT.get(array, at(offset, 2)) & 0xffff;
    }

    public int s32(int offset) {
        return (int) INT.get(array, at(offset, 4));
    }

    public long u32(int offset) {
        return s32(offset) & 0xffff_ffffL;
    }

    public long s64(int offset) {
        return (long) LONG.get(array, at(offset, 8));
    }

    public int be16(int offset) {
        return (short) BE_SHORT.get(array, at(offset, 2)) & 0xffff;
    }

    public int be32(int offset) {
        return (int) BE_INT.get(array, at(offset, 4));
    }

    public long be64(int offset) {
        return (long) BE_LONG.get(array, at(offset, 8));
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return Arrays.copyOfRange(array, start, start + length);
    }

    /// The text up to the first NUL, or all of it.
    public String string() {
        int end = 0;
        while (end < length && array[start + end] != 0) {
            end++;
        }
        return new String(array, start, end, StandardCharsets.UTF_8);
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(array, start, target, offset, length);
    }

    private int at(int offset, int size) {
        if (offset < 0 || size < 0 || offset > length - size) {
            throw new MalformedMessageException(
                    size + " bytes at offset " + offset + " reach outside of " + length + " bytes");
        }
        return start + offset;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slice that
                && Arrays.equals(
                        array,
                        start,
                        start + length,
                        that.array,
                        that.start,
                        that.start + that.length);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    /// The bytes in hexadecimal.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(array, start, start + length);
    }
}
