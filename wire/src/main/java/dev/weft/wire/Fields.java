package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.Locale;

/// What value types share: range checks of their components and writing of odd-sized numbers.
final class Fields {
    private Fields() {}

    /// @throws IllegalArgumentException when `value` is no unsigned number of `bits` bits
    static void check(String name, long value, int bits) {
        if (value < 0 || value >>> bits != 0) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT, "%s must be a number of %d bits: %d", name, bits, value));
        }
    }

    /// @throws IllegalArgumentException when `length` exceeds `most`
    static void checkLength(String name, int length, int most) {
        if (length > most) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT, "%s must be at most %d bytes: %d", name, most, length));
        }
    }

    static void put24(ByteBuffer out, int value) {
        out.put((byte) (value >>> 16)).putShort((short) value);
    }

    static void put48(ByteBuffer out, long value) {
        out.putShort((short) (value >>> 32)).putInt((int) value);
    }

    /// Fills with zeros up to position `end`.
    static void zeroUpTo(ByteBuffer out, int end) {
        out.put(new byte[end - out.position()]);
    }

    /// What stands in `out` up to its position.
    static Slice written(ByteBuffer out) {
        return Slice.of(out.array(), out.arrayOffset(), out.position());
    }

    /// Everything in `out` up to its limit.
    static Slice whole(ByteBuffer out) {
        return Slice.of(out.array(), out.arrayOffset(), out.limit());
    }

    /// `length` rounded up to the next multiple of `unit`.
    static int aligned(int length, int unit) {
        return Math.ceilDiv(length, unit) * unit;
    }
}
