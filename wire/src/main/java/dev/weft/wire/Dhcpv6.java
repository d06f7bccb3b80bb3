package dev.weft.wire;

import java.nio.ByteBuffer;

/// A message between client and server of the dynamic host configuration protocol for IPv6 (RFC
/// 8415 section 8).
///
/// ```text
/// 0      1                4
/// | type | transaction id | options …
/// ```
///
/// Messages between relays and servers, which wrap these, are views only.
///
/// @param type one of the numbers below, or another
/// @param transactionId chosen by the client, 0 to 2²⁴-1
/// @param options in the order they are sent
public record Dhcpv6(int type, int transactionId, Dhcpv6Options options) implements Header {
    public static final int SOLICIT = 1;
    public static final int ADVERTISE = 2;
    public static final int REQUEST = 3;
    public static final int CONFIRM = 4;
    public static final int RENEW = 5;
    public static final int REBIND = 6;
    public static final int REPLY = 7;
    public static final int RELEASE = 8;
    public static final int DECLINE = 9;
    public static final int RECONFIGURE = 10;
    public static final int INFORMATION_REQUEST = 11;
    public static final int RELAY_FORWARD = 12;
    public static final int RELAY_REPLY = 13;

    /// The port of clients.
    public static final int CLIENT_PORT = 546;

    /// The port of servers and relays.
    public static final int SERVER_PORT = 547;

    static final int OPTIONS = 4;

    private static final String NAME = "DHCPv6";

    public Dhcpv6 {
        Fields.check("DHCPv6 type", type, 8);
        Fields.check("transaction id", transactionId, 24);
        if (isRelayed(type)) {
            throw new IllegalArgumentException("a relay's message: " + type);
        }
    }

    private static boolean isRelayed(int type) {
        return type == RELAY_FORWARD || type == RELAY_REPLY;
    }

    /// Reads the message at the start of `bytes`.
    ///
    /// @throws MalformedPacketException when its fixed part does not fit
    public static View decode(Slice bytes) {
        return new View(bytes);
    }

    @Override
    public int length() {
        return OPTIONS + options.length();
    }

    @Override
    public void encode(ByteBuffer unit) {
        unit.put((byte) type);
        Fields.put24(unit, transactionId);
        options.encode(unit);
    }

    /// A message of any type. Its options go to the end, so that it has no payload.
    public record View(Slice bytes) implements Layer {
        public View {
            bytes.require(NAME, "fixed part", 0, OPTIONS);
        }

        @Override
        public String name() {
            return NAME;
        }

        public int type() {
            return bytes.u8(0);
        }

        /// The client's number; of a relay's message the count of relays and bytes of an address.
        public int transactionId() {
            return bytes.u24(1);
        }

        /// Whether relay and server say this to each other; then an address each follows, and only
        /// then options.
        public boolean isRelayed() {
            return Dhcpv6.isRelayed(type());
        }

        @Override
        public Slice payload() {
            return Slice.EMPTY;
        }

        @Override
        public Dhcpv6 value() {
            if (isRelayed()) {
                throw new MalformedPacketException(
                        NAME, "type", 0, "a client's or server's message", "" + type());
            }
            return new Dhcpv6(type(), transactionId(), Dhcpv6Options.decode(bytes.from(OPTIONS)));
        }
    }
}
