package dev.weft.wire;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Internet addresses from and to bytes and text. The JDK's types are used for addresses; this is
/// what they lack or get wrong for packets:
///
/// * [InetAddress#getByAddress(byte[])] turns an IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) into
///   an [Inet4Address], so a header's sixteen bytes would come back as four. Here sixteen bytes
///   always make an [Inet6Address], and it carries no scope.
/// * [Inet6Address#getHostAddress()] does not shorten runs of zeros; [#text] does (RFC 5952).
public final class IpAddresses {
    /// The number of bytes of an IPv4 address.
    static final int V4_LENGTH = 4;

    /// The number of bytes of an IPv6 address.
    static final int V6_LENGTH = 16;

    private static final int GROUPS = 8;

    private IpAddresses() {}

    /// The IPv4 address at `at`.
    public static Inet4Address v4(Slice bytes, int at) {
        try {
            return (Inet4Address) InetAddress.getByAddress(bytes.part(at, V4_LENGTH).toByteArray());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException("four bytes always are an address", e);
        }
    }

    /// The IPv6 address at `at`, mapped ones included.
    public static Inet6Address v6(Slice bytes, int at) {
        return v6(bytes.part(at, V6_LENGTH).toByteArray());
    }

    private static Inet6Address v6(byte[] address) {
        try {
            return Inet6Address.getByAddress(null, address, -1);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException("sixteen bytes always are an address", e);
        }
    }

    /// Reads a dotted IPv4 address; names are not looked up.
    ///
    /// @throws IllegalArgumentException when `text` is anything else
    public static Inet4Address parseV4(String text) {
        return Inet4Address.ofLiteral(text);
    }

    /// Reads an IPv6 address; names are not looked up. A mapped one stays an IPv6 address, a scope
    /// is refused: packets carry none.
    ///
    /// @throws IllegalArgumentException when `text` is anything else
    public static Inet6Address parseV6(String text) {
        if (text.indexOf('%') >= 0 || text.indexOf(':') < 0) {
            throw new IllegalArgumentException("not an IPv6 address without scope: " + text);
        }
        return switch (InetAddress.ofLiteral(text)) {
            case Inet6Address six -> v6(six.getAddress());
            case InetAddress mapped -> v6(mapping(mapped.getAddress()));
        };
    }

    /// An IPv4 address as IPv6 writes it (RFC 4291 section 2.5.5.2).
    private static byte[] mapping(byte[] v4) {
        byte[] address = new byte[V6_LENGTH];
        address[10] = (byte) 0xff;
        address[11] = (byte) 0xff;
        System.arraycopy(v4, 0, address, V6_LENGTH - V4_LENGTH, V4_LENGTH);
        return address;
    }

    /// The address as it is usually written: dotted, or shortened by RFC 5952 and without scope.
    public static String text(InetAddress address) {
        Slice bytes = Slice.of(address.getAddress());
        if (bytes.length() == V4_LENGTH) {
            return address.getHostAddress();
        }
        return isMapped(bytes) ? "::ffff:" + text(v4(bytes, 12)) : shortened(bytes);
    }

    private static boolean isMapped(Slice address) {
        return address.s64(0) == 0 && address.u32(8) == 0xffff;
    }

    /// RFC 5952 section 4.2: the longest run of at least two zero groups becomes `::`, the first of
    /// equal ones.
    private static String shortened(Slice address) {
        int start = 0;
        int longest = 1;
        for (int at = 0; at < GROUPS; at++) {
            int run = zeroGroups(address, at);
            if (run > longest) {
                start = at;
                longest = run;
            }
        }
        return longest == 1
                ? groups(address, 0, GROUPS)
                : groups(address, 0, start) + "::" + groups(address, start + longest, GROUPS);
    }

    private static int zeroGroups(Slice address, int first) {
        int at = first;
        while (at < GROUPS && address.u16(2 * at) == 0) {
            at++;
        }
        return at - first;
    }

    private static String groups(Slice address, int first, int end) {
        var text = new StringBuilder();
        for (int at = first; at < end; at++) {
            text.append(at == first ? "" : ":").append(Integer.toHexString(address.u16(2 * at)));
        }
        return text.toString();
    }
}
