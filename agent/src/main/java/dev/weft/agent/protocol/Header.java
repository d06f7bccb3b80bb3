package dev.weft.agent.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The sixteen bytes at the beginning of both messages: who speaks, which version, three bytes that
/// differ, and two sizes.
final class Header {
    static final int BYTES = 16;
    static final int VERSION = 1;

    private static final byte[] MAGIC = "WEFT".getBytes(US_ASCII);
    private static final int VERSION_AT = 4;
    private static final int FIRST_AT = 5;
    private static final int FIRST_SIZE_AT = 8;
    private static final int SECOND_SIZE_AT = 12;

    private Header() {}

    /// Begins a message.
    ///
    /// @return at its ninth byte, with room for the rest
    static ByteBuffer begin(int first, int second, int firstSize, int secondSize) {
        return ByteBuffer.allocate(BYTES + firstSize + secondSize)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) VERSION)
                .put((byte) first)
                .put((byte) second)
                .put((byte) 0)
                .putInt(firstSize)
                .putInt(secondSize);
    }

    static int version(byte[] bytes) {
        if (bytes.length < BYTES
                || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new MalformedCallException("it does not begin as a call does");
        }
        return Byte.toUnsignedInt(bytes[VERSION_AT]);
    }

    static int first(byte[] bytes) {
        return Byte.toUnsignedInt(bytes[FIRST_AT]);
    }

    static int second(byte[] bytes) {
        return Byte.toUnsignedInt(bytes[FIRST_AT + 1]);
    }

    static int firstSize(byte[] bytes, int limit, String what) {
        return size(bytes, FIRST_SIZE_AT, limit, what);
    }

    static int secondSize(byte[] bytes, int limit, String what) {
        return size(bytes, SECOND_SIZE_AT, limit, what);
    }

    private static int size(byte[] bytes, int at, int limit, String what) {
        int size = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
        if (Integer.compareUnsigned(size, limit) > 0) {
            throw new MalformedCallException(
                    what
                            + " has "
                            + Integer.toUnsignedString(size)
                            + " bytes, at most "
                            + limit
                            + " are taken");
        }
        return size;
    }
}
