package dev.weft.firewall.language;

import dev.weft.linux.netlink.Slice;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Bits of data: masks and what they say. Bit 0 is the highest of the first byte, as headers are
/// drawn.
final class Bits {
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private Bits() {}

    static boolean isZero(Slice data) {
        for (int i = 0; i < data.length(); i++) {
            if (data.u8(i) != 0) {
                return false;
            }
        }
        return true;
    }

    static boolean isOnes(Slice data) {
        for (int i = 0; i < data.length(); i++) {
            if (data.u8(i) != 0xff) {
                return false;
            }
        }
        return true;
    }

    /// How two bytes become one.
    private interface Combination {
        int of(int left, int right);
    }

    private static Slice combine(Slice left, Slice right, Combination combination) {
        byte[] result = new byte[left.length()];
        for (int i = 0; i < result.length; i++) {
            int other = i < right.length() ? right.u8(i) : 0;
            result[i] = (byte) combination.of(left.u8(i), other);
        }
        return Slice.of(result);
    }

    static Slice and(Slice left, Slice right) {
        return combine(left, right, (a, b) -> a & b);
    }

    static Slice or(Slice left, Slice right) {
        return combine(left, right, (a, b) -> a | b);
    }

    static Slice andNot(Slice left, Slice right) {
        return combine(left, right, (a, b) -> a & ~b);
    }

    static Slice not(Slice data) {
        return combine(data, data, (a, _) -> ~a);
    }

    private static boolean isSet(Slice data, int bit) {
        return (data.u8(bit / Byte.SIZE) & 0x80 >> bit % Byte.SIZE) != 0;
    }

    /// The first bit that is set; as many as there are bits when none is.
    static int firstSet(Slice mask) {
        int all = mask.length() * Byte.SIZE;
        int bit = 0;
        while (bit < all && !isSet(mask, bit)) {
            bit++;
        }
        return bit;
    }

    /// How many bits are set from the first one on; -1 when more are set after a gap.
    static int runLength(Slice mask) {
        int all = mask.length() * Byte.SIZE;
        int first = firstSet(mask);
        int end = first;
        while (end < all && isSet(mask, end)) {
            end++;
        }
        for (int rest = end; rest < all; rest++) {
            if (isSet(mask, rest)) {
                return -1;
            }
        }
        return end - first;
    }

    /// How many bits a mask has, when they are all at its start; else -1.
    static int prefixLength(Slice mask) {
        return isZero(mask) ? 0 : firstSet(mask) == 0 ? runLength(mask) : -1;
    }

    /// The data moved down by some bits.
    static Slice shiftRight(Slice data, int bits) {
        int bytes = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        byte[] result = new byte[data.length()];
        for (int i = result.length - 1; i >= bytes; i--) {
            int from = i - bytes;
            int high = from > 0 ? data.u8(from - 1) : 0;
            result[i] = (byte) ((high << Byte.SIZE | data.u8(from)) >> rest);
        }
        return Slice.of(result);
    }

    /// The lowest bit of a number in network order alone.
    static Slice lowest(Slice number) {
        byte[] result = new byte[number.length()];
        for (int i = result.length - 1; i >= 0; i--) {
            if (number.u8(i) != 0) {
                result[i] = (byte) Integer.lowestOneBit(number.u8(i));
                break;
            }
        }
        return Slice.of(result);
    }

    static Slice reversed(Slice data) {
        byte[] result = new byte[data.length()];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) data.u8(result.length - 1 - i);
        }
        return Slice.of(result);
    }

    /// A number turned from network order to the machine's, or back.
    static Slice turned(Slice number) {
        return LITTLE_ENDIAN && number.length() > 1 ? reversed(number) : number;
    }

    /// The data with zeros behind, up to a length.
    static Slice padded(Slice data, int bytes) {
        byte[] result = new byte[Math.max(bytes, data.length())];
        System.arraycopy(data.bytes(), 0, result, 0, data.length());
        return Slice.of(result);
    }

    /// The number before this one, in network order.
    static Slice before(Slice number) {
        byte[] result = number.bytes();
        for (int i = result.length - 1; i >= 0; i--) {
            if (result[i]-- != 0) {
                break;
            }
        }
        return Slice.of(result);
    }

    static Slice ones(int bytes) {
        byte[] result = new byte[bytes];
        Arrays.fill(result, (byte) 0xff);
        return Slice.of(result);
    }

    /// How many bits two addresses share at their start when all others are zeros in the one and
    /// ones in the other; else -1.
    static int prefixLength(Slice lowest, Slice highest) {
        if (lowest.length() != highest.length()) {
            return -1;
        }
        Slice different = combine(lowest, highest, (a, b) -> a ^ b);
        int length = prefixLength(not(different));
        return length >= 0 && isZero(and(lowest, different)) ? length : -1;
    }

    /// Compares numbers in network order.
    static int compare(Slice left, Slice right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            int difference = left.u8(i) - right.u8(i);
            if (difference != 0) {
                return difference;
            }
        }
        return left.length() - right.length();
    }
}
