package dev.weft.linux.netlink;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing run of bytes: what encoders write into. Plain methods write the machine's byte order,
/// `be` ones network order.
public final class ByteWriter {
    private static final VarHandle SHORT = view(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = view(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG = view(long[].class, ByteOrder.nativeOrder());
    private static final int ALIGNMENT = 4;

    private static final int USUAL_BYTES = 128;

    private byte[] array;
    private int length;

    /// Starts empty.
    public ByteWriter() {
        this(USUAL_BYTES);
    }

    /// Starts empty, with room for what is known to come: growing costs a copy each time.
    ByteWriter(int bytes) {
        array = new byte[bytes];
    }

    private static VarHandle view(Class<?> type, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(type, order);
    }

    private static short networkOrder(short value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Short.reverseBytes(value);
    }

    private static int networkOrder(int value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                ? value
                : Integer.reverseBytes(value);
    }

    private static long networkOrder(long value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
    }

    /// How many bytes were written.
    public int length() {
        return length;
    }

    public ByteWriter u8(int value) {
        int at = grow(1);
        array[at] = (byte) value;
        return this;
    }

    public ByteWriter u16(int value) {
        int at = grow(2);
        SHORT.set(array, at, (short) value);
        return this;
    }

    public ByteWriter s32(int value) {
        int at = grow(4);
        INT.set(array, at, value);
        return this;
    }

    public ByteWriter s64(long value) {
        int at = grow(8);
        LONG.set(array, at, value);
        return this;
    }

    public ByteWriter be16(int value) {
        return u16(networkOrder((short) value));
    }

    public ByteWriter be32(int value) {
        return s32(networkOrder(value));
    }

    public ByteWriter be64(long value) {
        return s64(networkOrder(value));
    }

    public ByteWriter bytes(byte[] value) {
        int at = grow(value.length);
        System.arraycopy(value, 0, array, at, value.length);
        return this;
    }

    public ByteWriter slice(Slice value) {
        int at = grow(value.length());
        value.copyTo(array, at);
        return this;
    }

    public ByteWriter zeros(int count) {
        grow(count);
        return this;
    }

    /// Pads to the next multiple of four, as every netlink header and attribute is.
    public ByteWriter align() {
        return zeros(-length & (ALIGNMENT - 1));
    }

    /// Writes a 16-bit value over an earlier place.
    void setU16(int offset, int value) {
        SHORT.set(array, offset, (short) value);
    }

    /// Writes a 32-bit value over an earlier place.
    void setS32(int offset, int value) {
        INT.set(array, offset, value);
    }

    /// The bytes so far; later writes do not change it.
    public Slice toSlice() {
        return Slice.of(Arrays.copyOf(array, length));
    }

    byte[] array() {
        return array;
    }

    /// Makes room, which may move the array, and tells where it begins.
    private int grow(int size) {
        int start = length;
        length = Math.addExact(length, size);
        if (length > array.length) {
            array = Arrays.copyOf(array, Math.max(length, array.length * 2));
        }
        return start;
    }
}
