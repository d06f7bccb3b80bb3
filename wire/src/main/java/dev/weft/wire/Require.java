package dev.weft.wire;

/// The checks of decoders: each throws [MalformedPacketException] when the bytes are not as they
/// must be.
final class Require {
    private Require() {}

    static void equal(String protocol, String field, int offset, int expected, int actual) {
        if (actual != expected) {
            throw new MalformedPacketException(
                    protocol, field, offset, Integer.toString(expected), Integer.toString(actual));
        }
    }

    static void atLeast(String protocol, String field, int offset, int least, int actual) {
        if (actual < least) {
            throw new MalformedPacketException(
                    protocol, field, offset, "at least " + least, Integer.toString(actual));
        }
    }

    static void atMost(String protocol, String field, int offset, long most, long actual) {
        if (actual > most) {
            throw new MalformedPacketException(
                    protocol, field, offset, "at most " + most, Long.toString(actual));
        }
    }
}
