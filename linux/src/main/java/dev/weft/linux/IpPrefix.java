package dev.weft.linux;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// An IP address with a prefix length: an interface's address, or, with no bits after the prefix, a
/// network.
///
/// @param address IPv4 or IPv6
/// @param length bits, 0 to 32 or 0 to 128
public record IpPrefix(InetAddress address, int length) {
    public IpPrefix {
        int width = address.getAddress().length * Byte.SIZE;
        if (length < 0 || length > width) {
            throw new InvalidRequestException(
                    "a prefix of "
                            + textOf(address)
                            + " has 0 to "
                            + width
                            + " bits, not "
                            + length);
        }
    }

    /// Reads `172.17.0.2/24` or `2001:db8::1/64`; an address alone is a host's, with all bits.
    ///
    /// @throws InvalidRequestException when the text is neither
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = parseAddress(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return host(address);
        }
        String bits = text.substring(slash + 1);
        if (bits.isEmpty()
                || bits.length() > 3
                || !bits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidRequestException(
                    "'" + text + "' is no prefix: write it like 172.17.0.0/24");
        }
        return new IpPrefix(address, Integer.parseInt(bits));
    }

    /// Reads a literal address; never asks a resolver. IPv4 is four numbers, not one of the shorter
    /// forms that the C library and the JDK take as well.
    ///
    /// @throws InvalidRequestException when the text is no IPv4 or IPv6 literal
    public static InetAddress parseAddress(String text) {
        try {
            InetAddress read =
                    text.indexOf(':') >= 0
                            ? ipv6(Inet6Address.ofLiteral(text))
                            : Inet4Address.ofLiteral(text);
            if (read instanceof Inet6Address || read.getHostAddress().equals(text)) {
                return read;
            }
        } catch (IllegalArgumentException notLiteral) {
            // Falls through to the one message about what is expected.
        }
        throw new InvalidRequestException(
                "'" + text + "' is no IP address: write it like 172.17.0.2 or fd00::2");
    }

    /// The JDK makes an IPv4 address of the text of a mapped one; this makes it what was written.
    private static InetAddress ipv6(InetAddress read) {
        if (read instanceof Inet6Address) {
            return read;
        }
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        System.arraycopy(read.getAddress(), 0, mapped, 12, 4);
        return addressOf(mapped);
    }

    /// An address as [#parseAddress] reads it and Linux's programs write it: IPv6 in the form of
    /// RFC 5952, with its zone if it has one.
    public static String textOf(InetAddress address) {
        return AddressText.of(address);
    }

    /// An address from its 4 or 16 bytes, keeping an IPv4-mapped IPv6 address what it is.
    ///
    /// @throws MalformedMessageException for any other length
    public static InetAddress addressOf(byte[] bytes) {
        try {
            return bytes.length == 16
                    ? Inet6Address.getByAddress(null, bytes, -1)
                    : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException badLength) {
            throw new MalformedMessageException(
                    "an IP address has 4 or 16 bytes, not " + bytes.length);
        }
    }

    /// The prefix that holds this address alone.
    public static IpPrefix host(InetAddress address) {
        return new IpPrefix(address, address.getAddress().length * Byte.SIZE);
    }

    /// Whether both have the same family and the other's address lies inside.
    public boolean contains(InetAddress other) {
        return other.getAddress().length == address.getAddress().length
                && new IpPrefix(other, length).network().equals(network());
    }

    /// This prefix with the bits after it cleared.
    public IpPrefix network() {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(length - (long) i * Byte.SIZE, 0, Byte.SIZE);
            bytes[i] &= (byte) (0xff << (Byte.SIZE - kept));
        }
        return new IpPrefix(addressOf(bytes), length);
    }

    @Override
    public String toString() {
        return textOf(address) + "/" + length;
    }
}
