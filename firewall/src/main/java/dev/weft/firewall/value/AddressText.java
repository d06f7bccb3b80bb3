package dev.weft.firewall.value;

import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Slice;

/// Addresses in the form of RFC 5952, as `nft` prints them: lower case, no leading zeros, the
/// longest run of at least two zero groups left out.
final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    static String of(Slice bytes) {
        return bytes.length() == 2 * GROUPS
                ? ipv6(bytes)
                : IpPrefix.addressOf(bytes.bytes()).getHostAddress();
    }

    private static String ipv6(Slice bytes) {
        int start = 0;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosFrom(bytes, i);
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        return length == 1
                ? groups(bytes, 0, GROUPS)
                : groups(bytes, 0, start) + "::" + groups(bytes, start + length, GROUPS);
    }

    private static int zerosFrom(Slice bytes, int group) {
        int end = group;
        while (end < GROUPS && bytes.be16(2 * end) == 0) {
            end++;
        }
        return end - group;
    }

    private static String groups(Slice bytes, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(bytes.be16(2 * i)));
        }
        return text.toString();
    }
}
