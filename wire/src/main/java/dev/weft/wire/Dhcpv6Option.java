package dev.weft.wire;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One option of a DHCPv6 message, or inside another option (RFC 8415 section 21).
///
/// @param code 0 to 65535
/// @param data up to 65535 bytes
public record Dhcpv6Option(int code, Slice data) {
    public static final int CLIENT_IDENTIFIER = 1;
    public static final int SERVER_IDENTIFIER = 2;

    /// Addresses that belong together: see [Dhcpv6Association].
    public static final int ADDRESSES = 3;

    public static final int ADDRESS = 5;
    public static final int OPTION_REQUEST = 6;
    public static final int PREFERENCE = 7;
    public static final int ELAPSED_TIME = 8;
    public static final int STATUS = 13;
    public static final int RAPID_COMMIT = 14;
    public static final int USER_CLASS = 15;
    public static final int VENDOR_CLASS = 16;

    /// RFC 3646.
    public static final int DOMAIN_NAME_SERVERS = 23;

    /// RFC 3646.
    public static final int DOMAIN_SEARCH = 24;

    /// Prefixes that belong together: see [Dhcpv6Association].
    public static final int PREFIXES = 25;

    public static final int PREFIX = 26;
    public static final int SOLICIT_MAXIMUM_SECONDS = 82;

    static final int HEADER = 4;

    /// Beyond every time of the protocol's, a lifetime is for ever (section 7.7).
    public static final long FOREVER_SECONDS = 0xffff_ffffL;

    private static final int HUNDREDTH_MILLIS = 10;
    private static final int UNIVERSALLY_UNIQUE = 4;

    public Dhcpv6Option {
        Fields.check("DHCPv6 option code", code, 16);
        Fields.checkLength("DHCPv6 option", data.length(), 0xffff);
        data = data.copy();
    }

    /// An option that says all by being there.
    public static Dhcpv6Option empty(int code) {
        return new Dhcpv6Option(code, Slice.EMPTY);
    }

    /// An option that is a list of numbers of two bytes, as the option request is.
    public static Dhcpv6Option u16s(int code, List<Integer> numbers) {
        ByteBuffer data = ByteBuffer.allocate(2 * numbers.size());
        for (int number : numbers) {
            Fields.check("DHCPv6 option " + code, number, 16);
            data.putShort((short) number);
        }
        return new Dhcpv6Option(code, Fields.written(data));
    }

    /// An option that is a number of four bytes.
    public static Dhcpv6Option u32(int code, long number) {
        Fields.check("DHCPv6 option " + code, number, 32);
        return new Dhcpv6Option(code, Fields.written(ByteBuffer.allocate(4).putInt((int) number)));
    }

    /// For how long the client has been asking (section 21.9); what is above 655.35 seconds is as
    /// much as can be said.
    public static Dhcpv6Option elapsed(long millis) {
        return u16s(ELAPSED_TIME, List.of((int) Math.min(millis / HUNDREDTH_MILLIS, 0xffff)));
    }

    /// An option that is a list of addresses.
    public static Dhcpv6Option addresses(int code, List<Inet6Address> addresses) {
        ByteBuffer data = ByteBuffer.allocate(addresses.size() * IpAddresses.V6_LENGTH);
        addresses.forEach(address -> data.put(address.getAddress()));
        return new Dhcpv6Option(code, Fields.written(data));
    }

    /// Domains in which short names are looked up, in this order.
    ///
    /// @throws IllegalArgumentException when one is no name of a host or domain
    public static Dhcpv6Option domainSearch(List<String> domains) {
        return new Dhcpv6Option(DOMAIN_SEARCH, DomainNames.encode(domains));
    }

    /// Whether something was done, and if not why.
    ///
    /// @param status a number of [Dhcpv6Status]
    public static Dhcpv6Option status(int status, String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        Fields.check("status", status, 16);
        ByteBuffer data = ByteBuffer.allocate(2 + text.length).putShort((short) status).put(text);
        return new Dhcpv6Option(STATUS, Fields.written(data));
    }

    /// An address with its lifetimes (section 21.6).
    public static Dhcpv6Option address(
            Inet6Address address, long preferredSeconds, long validSeconds) {
        ByteBuffer data = ByteBuffer.allocate(24).put(address.getAddress());
        putLifetimes(data, preferredSeconds, validSeconds);
        return new Dhcpv6Option(ADDRESS, Fields.written(data));
    }

    /// A prefix with its lifetimes (section 21.22).
    public static Dhcpv6Option prefix(
            Inet6Address prefix, int lengthBits, long preferredSeconds, long validSeconds) {
        ByteBuffer data = ByteBuffer.allocate(25);
        putLifetimes(data, preferredSeconds, validSeconds);
        Fields.check("prefix length", lengthBits, 8);
        data.put((byte) lengthBits).put(prefix.getAddress());
        return new Dhcpv6Option(PREFIX, Fields.written(data));
    }

    private static void putLifetimes(ByteBuffer data, long preferredSeconds, long validSeconds) {
        Fields.check("preferred lifetime", preferredSeconds, 32);
        Fields.check("valid lifetime", validSeconds, 32);
        data.putInt((int) preferredSeconds).putInt((int) validSeconds);
    }

    /// An identifier of sixteen bytes that nobody else has (RFC 6355), as clients and servers are
    /// known by.
    public static Slice uniqueIdentifier(Slice sixteenBytes) {
        ByteBuffer data = ByteBuffer.allocate(18).putShort((short) UNIVERSALLY_UNIQUE);
        sixteenBytes.part(0, 16).writeTo(data);
        return Fields.written(data);
    }

    int length() {
        return HEADER + data.length();
    }

    void encode(ByteBuffer out) {
        out.putShort((short) code).putShort((short) data.length());
        data.writeTo(out);
    }
}
