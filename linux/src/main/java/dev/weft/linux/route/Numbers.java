package dev.weft.linux.route;

import dev.weft.linux.InvalidRequestException;

/// The range that the header fields of this package share.
final class Numbers {
    private static final int BYTE_MOST = 255;

    private Numbers() {}

    static void requireByte(String what, int number) {
        if (number < 0 || number > BYTE_MOST) {
            throw new InvalidRequestException("a " + what + " is 0 to 255, not " + number);
        }
    }
}
