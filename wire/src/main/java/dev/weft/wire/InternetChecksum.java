package dev.weft.wire;

/// The Internet checksum (RFC 1071): the complement of the one's complement sum of 16-bit words.
///
/// The sum is taken eight bytes at a time: 2¹⁶ is 1 modulo 2¹⁶-1, so a 64-bit sum with end-around
/// carry folds to the same 16 bits.
public final class InternetChecksum {
    private static final int ALL_ONES = 0xffff;

    private InternetChecksum() {}

    /// The checksum of `bytes`, whose checksum field is zero.
    public static int of(Slice bytes) {
        return ~sum(bytes) & ALL_ONES;
    }

    /// The checksum of a transport segment, whose checksum field is zero, behind a pseudo header.
    public static int of(PseudoHeader pseudo, Slice segment) {
        return ~add(pseudo.sum(segment.length()), sum(segment)) & ALL_ONES;
    }

    /// Whether `bytes`, checksum included, are intact.
    public static boolean verify(Slice bytes) {
        return sum(bytes) == ALL_ONES;
    }

    /// Whether a transport segment, checksum included, is intact behind its pseudo header.
    public static boolean verify(PseudoHeader pseudo, Slice segment) {
        return add(pseudo.sum(segment.length()), sum(segment)) == ALL_ONES;
    }

    /// The checksum after one 16-bit word of the covered bytes changed (RFC 1624 equation 3).
    public static int update(int checksum, int oldWord, int newWord) {
        int sum = add(~checksum & ALL_ONES, ~oldWord & ALL_ONES);
        return ~add(sum, newWord) & ALL_ONES;
    }

    /// The one's complement sum of two 16-bit sums.
    static int add(int left, int right) {
        int sum = left + right;
        return (sum & ALL_ONES) + (sum >>> 16);
    }

    /// The one's complement sum of `bytes`, an odd last byte being padded with zero.
    static int sum(Slice bytes) {
        long sum = 0;
        int at = 0;
        for (; at + Long.BYTES <= bytes.length(); at += Long.BYTES) {
            sum = addWithCarry(sum, bytes.s64(at));
        }
        long tail = 0;
        for (int shift = 56; at < bytes.length(); at++, shift -= 8) {
            tail |= (long) bytes.u8(at) << shift;
        }
        return fold(addWithCarry(sum, tail));
    }

    private static long addWithCarry(long left, long right) {
        long sum = left + right;
        return Long.compareUnsigned(sum, left) < 0 ? sum + 1 : sum;
    }

    private static int fold(long sum) {
        long half = (sum >>> 32) + (sum & 0xffff_ffffL);
        long quarter = (half >>> 16) + (half & ALL_ONES);
        long carried = (quarter >>> 16) + (quarter & ALL_ONES);
        return (int) ((carried >>> 16) + (carried & ALL_ONES));
    }
}
