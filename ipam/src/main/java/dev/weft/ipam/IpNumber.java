package dev.weft.ipam;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/// An address as a number of its family, to count with. One past the last address of a family is a
/// number, too, though no address.
record IpNumber(IpFamily family, BigInteger value) implements Comparable<IpNumber> {
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /// An IPv4-mapped address is the IPv4 address: so the reference implementation names its files.
    static IpNumber of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (isMapped(address)) {
            bytes = Arrays.copyOfRange(bytes, MAPPED.length, bytes.length);
        }
        IpFamily family = bytes.length == 4 ? IpFamily.IPV4 : IpFamily.IPV6;
        return new IpNumber(family, new BigInteger(1, bytes));
    }

    static boolean isMapped(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length > MAPPED.length
                && Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
    }

    /// The address of a text that is exactly as [#toString] writes it, as names of files are.
    static Optional<IpNumber> tryParse(String text) {
        if (text.isEmpty() || !isFirst(text.charAt(0))) {
            return Optional.empty();
        }
        try {
            IpNumber number = of(IpPrefix.parseAddress(text));
            return number.toString().equals(text) ? Optional.of(number) : Optional.empty();
        } catch (InvalidRequestException other) {
            return Optional.empty();
        }
    }

    private static boolean isFirst(char c) {
        return c == ':' || Character.digit(c, 16) >= 0;
    }

    InetAddress address() {
        byte[] bytes = new byte[family.width() / Byte.SIZE];
        byte[] digits = value.toByteArray();
        int length = Math.min(digits.length, bytes.length);
        System.arraycopy(digits, digits.length - length, bytes, bytes.length - length, length);
        return IpPrefix.addressOf(bytes);
    }

    IpNumber next() {
        return plus(BigInteger.ONE);
    }

    IpNumber previous() {
        return plus(BigInteger.ONE.negate());
    }

    IpNumber plus(BigInteger count) {
        return new IpNumber(family, value.add(count));
    }

    /// How many addresses there are from this one to another of its family, both included.
    BigInteger countTo(IpNumber last) {
        return last.value.subtract(value).add(BigInteger.ONE);
    }

    boolean isBetween(IpNumber first, IpNumber last) {
        return family == first.family && compareTo(first) >= 0 && compareTo(last) <= 0;
    }

    @Override
    public int compareTo(IpNumber other) {
        return family == other.family
                ? value.compareTo(other.value)
                : family.compareTo(other.family);
    }

    @Override
    public String toString() {
        return IpPrefix.textOf(address());
    }
}
