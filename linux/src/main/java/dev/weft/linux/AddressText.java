package dev.weft.linux;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// IPv6 addresses in the form of RFC 5952, as Linux's programs write them: lower case, no leading
/// zeros, the longest run of at least two zero groups left out (section 4), and the IPv4 address
/// readable in a mapped one (section 5).
final class AddressText {
    private static final int GROUPS = 8;
    private static final int IPV4_GROUPS = 2;

    private final int[] groups;

    private AddressText(int[] groups) {
        this.groups = groups;
    }

    static String of(InetAddress address) {
        if (!(address instanceof Inet6Address six)) {
            return address.getHostAddress();
        }
        ByteBuffer bytes = ByteBuffer.wrap(six.getAddress());
        int[] groups = IntStream.generate(() -> bytes.getShort() & 0xffff).limit(GROUPS).toArray();
        String zone = six.getScopeId() == 0 ? "" : "%" + six.getScopeId();
        return new AddressText(groups).text() + zone;
    }

    private String text() {
        if (zerosFrom(0) == 5 && groups[5] == 0xffff) {
            return "::ffff:" + ipv4(groups[GROUPS - IPV4_GROUPS]) + "." + ipv4(groups[GROUPS - 1]);
        }
        int start = 0;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosFrom(i);
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        return length == 1
                ? joined(0, GROUPS)
                : joined(0, start) + "::" + joined(start + length, GROUPS);
    }

    private static String ipv4(int group) {
        return (group >> Byte.SIZE) + "." + (group & 0xff);
    }

    private int zerosFrom(int group) {
        int end = group;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - group;
    }

    private String joined(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Integer.toHexString(groups[i]))
                .collect(Collectors.joining(":"));
    }
}
