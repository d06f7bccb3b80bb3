package dev.weft.wire;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One option of a DHCPv4 message (RFC 2132), whole, however many pieces it is sent in.
///
/// The codes that stand for no option but for the list's shape are [Dhcpv4Options]' own.
///
/// @param code 1 to 254, but not 52
/// @param data up to 65535 bytes; more than 255 are sent in pieces (RFC 3396)
public record Dhcpv4Option(int code, Slice data) {
    public static final int SUBNET_MASK = 1;
    public static final int ROUTERS = 3;
    public static final int DOMAIN_NAME_SERVERS = 6;
    public static final int HOST_NAME = 12;
    public static final int DOMAIN_NAME = 15;
    public static final int INTERFACE_MTU = 26;
    public static final int BROADCAST_ADDRESS = 28;
    public static final int STATIC_ROUTES = 33;
    public static final int REQUESTED_ADDRESS = 50;
    public static final int LEASE_SECONDS = 51;
    public static final int MESSAGE_TYPE = 53;
    public static final int SERVER_IDENTIFIER = 54;
    public static final int PARAMETER_REQUEST_LIST = 55;
    public static final int MESSAGE = 56;
    public static final int MAXIMUM_MESSAGE_BYTES = 57;
    public static final int RENEWAL_SECONDS = 58;
    public static final int REBINDING_SECONDS = 59;
    public static final int VENDOR_CLASS = 60;
    public static final int CLIENT_IDENTIFIER = 61;

    /// RFC 3004.
    public static final int USER_CLASS = 77;

    /// RFC 3397.
    public static final int DOMAIN_SEARCH = 119;

    /// RFC 3442.
    public static final int CLASSLESS_ROUTES = 121;

    static final int PAD = 0;
    static final int OVERLOAD = 52;
    static final int END = 255;

    /// What one length byte can say.
    static final int MOST_PIECE_BYTES = 255;

    /// The type of client identifiers that are made of a DHCPv6 client's (RFC 4361 section 6.1).
    private static final int NODE_SPECIFIC = 255;

    public Dhcpv4Option {
        Fields.check("DHCP option code", code, 8);
        Fields.checkLength("DHCP option", data.length(), Dhcpv4Options.MOST_BYTES);
        if (code == PAD || code == OVERLOAD || code == END) {
            throw new IllegalArgumentException("no option of its own: " + code);
        }
        data = data.copy();
    }

    /// An option that is one address.
    public static Dhcpv4Option address(int code, Inet4Address address) {
        return addresses(code, List.of(address));
    }

    /// An option that is a list of addresses.
    public static Dhcpv4Option addresses(int code, List<Inet4Address> addresses) {
        ByteBuffer data = ByteBuffer.allocate(addresses.size() * IpAddresses.V4_LENGTH);
        addresses.forEach(address -> data.put(address.getAddress()));
        return new Dhcpv4Option(code, Fields.written(data));
    }

    /// An option that is a number of one byte.
    public static Dhcpv4Option u8(int code, int number) {
        Fields.check("DHCP option " + code, number, 8);
        return new Dhcpv4Option(code, Slice.of(new byte[] {(byte) number}));
    }

    /// An option that is a number of two bytes.
    public static Dhcpv4Option u16(int code, int number) {
        Fields.check("DHCP option " + code, number, 16);
        return new Dhcpv4Option(
                code, Fields.written(ByteBuffer.allocate(2).putShort((short) number)));
    }

    /// An option that is a number of four bytes, as times are.
    public static Dhcpv4Option u32(int code, long number) {
        Fields.check("DHCP option " + code, number, 32);
        return new Dhcpv4Option(code, Fields.written(ByteBuffer.allocate(4).putInt((int) number)));
    }

    /// An option that is text.
    public static Dhcpv4Option text(int code, String text) {
        return new Dhcpv4Option(code, Slice.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// The codes that a client asks for, the most wanted first.
    public static Dhcpv4Option parameterRequestList(List<Integer> codes) {
        ByteBuffer data = ByteBuffer.allocate(codes.size());
        for (int code : codes) {
            Fields.check("DHCP option code", code, 8);
            data.put((byte) code);
        }
        return new Dhcpv4Option(PARAMETER_REQUEST_LIST, Fields.written(data));
    }

    /// What a server knows a client by (RFC 2132 section 9.14).
    ///
    /// @param type a hardware type, or 0 for anything else
    public static Dhcpv4Option clientIdentifier(int type, Slice identifier) {
        ByteBuffer data = ByteBuffer.allocate(1 + identifier.length());
        Fields.check("type of client identifier", type, 8);
        data.put((byte) type);
        identifier.writeTo(data);
        return new Dhcpv4Option(CLIENT_IDENTIFIER, Fields.written(data));
    }

    /// What a server of both protocols knows a client by (RFC 4361 section 6.1).
    ///
    /// @param association the identity association's number, 0 to 2³²-1
    /// @param unique the client's DUID
    public static Dhcpv4Option nodeIdentifier(long association, Slice unique) {
        Fields.check("identity association", association, 32);
        ByteBuffer data = ByteBuffer.allocate(4 + unique.length()).putInt((int) association);
        unique.writeTo(data);
        return clientIdentifier(NODE_SPECIFIC, Fields.written(data));
    }

    /// Domains in which short names are looked up, in this order.
    ///
    /// @throws IllegalArgumentException when one is no name of a host or domain
    public static Dhcpv4Option domainSearch(List<String> domains) {
        return new Dhcpv4Option(DOMAIN_SEARCH, DomainNames.encode(domains));
    }

    /// Routes of any prefix length.
    public static Dhcpv4Option classlessRoutes(List<ClasslessRoute> routes) {
        return new Dhcpv4Option(CLASSLESS_ROUTES, ClasslessRoute.encode(routes));
    }

    /// How many bytes the pieces are on the wire.
    int length() {
        return 2 * pieces() + data.length();
    }

    private int pieces() {
        return Math.max(1, Math.ceilDiv(data.length(), MOST_PIECE_BYTES));
    }

    void encode(ByteBuffer out) {
        for (int piece = 0; piece < pieces(); piece++) {
            Slice part = data.from(piece * MOST_PIECE_BYTES).atMost(MOST_PIECE_BYTES);
            out.put((byte) code).put((byte) part.length());
            part.writeTo(out);
        }
    }
}
