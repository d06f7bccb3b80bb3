package dev.weft.wire;

import java.net.Inet4Address;
import java.nio.ByteBuffer;

/// A message of the dynamic host configuration protocol for IPv4 (RFC 2131 section 2).
///
/// ```text
/// 0    1      2    3      4    8         10      12       16     20       24      28
/// | op | 1    | 6  | hops | id | seconds | flags | client | your | server | relay | hardware …
/// 44              108         236            240
/// | server name   | boot file | 63.82.53.63  | options, their end, and padding
/// ```
///
/// A server that runs out of room puts options where names belong, and says so in an option (RFC
/// 2132 section 9.3). Values have all options in one list, and then no names.
///
/// @param operation [#REQUEST] from clients, [#REPLY] from servers
/// @param hops how many relays have passed the message on, 0 to 255
/// @param transactionId chosen by the client, 0 to 2³²-1
/// @param seconds since the client began, 0 to 65535
/// @param flags [#BROADCAST] and others
/// @param client the address that the client has, 0.0.0.0 while it has none
/// @param your the address that the client gets
/// @param server of the next step in booting
/// @param relay that passed the request on
/// @param hardware the client's link address
/// @param serverName up to 64 bytes, without the zeros that fill them
/// @param bootFile up to 128 bytes, likewise
/// @param options in the order they are sent
public record Dhcpv4(
        int operation,
        int hops,
        long transactionId,
        int seconds,
        int flags,
        Inet4Address client,
        Inet4Address your,
        Inet4Address server,
        Inet4Address relay,
        MacAddress hardware,
        Slice serverName,
        Slice bootFile,
        Dhcpv4Options options)
        implements Header {
    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    /// The flag of clients that hear nothing sent to an address they do not have yet.
    public static final int BROADCAST = 0x8000;

    /// The port of servers and relays.
    public static final int SERVER_PORT = 67;

    /// The port of clients.
    public static final int CLIENT_PORT = 68;

    static final int OPTIONS = 240;

    private static final String NAME = "DHCP";
    private static final int FIXED_LENGTH = 236;
    private static final int SERVER_NAME = 44;
    private static final int BOOT_FILE = 108;
    private static final long COOKIE = 0x63825363L;
    private static final int ETHERNET_HARDWARE = 1;

    public Dhcpv4 {
        Fields.check("DHCP operation", operation, 8);
        Fields.check("hops", hops, 8);
        Fields.check("transaction id", transactionId, 32);
        Fields.check("seconds", seconds, 16);
        Fields.check("flags", flags, 16);
        serverName = trimmed(serverName).copy();
        bootFile = trimmed(bootFile).copy();
        Fields.checkLength("server name", serverName.length(), BOOT_FILE - SERVER_NAME);
        Fields.checkLength("boot file", bootFile.length(), FIXED_LENGTH - BOOT_FILE);
    }

    /// A message without addresses, names, hops, seconds and flags.
    public static Dhcpv4 of(
            int operation, long transactionId, MacAddress hardware, Dhcpv4Options options) {
        Inet4Address none = IpAddresses.v4(Slice.of(new byte[IpAddresses.V4_LENGTH]), 0);
        return new Dhcpv4(
                operation,
                0,
                transactionId,
                0,
                0,
                none,
                none,
                none,
                none,
                hardware,
                Slice.EMPTY,
                Slice.EMPTY,
                options);
    }

    /// This with what a client says of itself.
    ///
    /// @param secondsPassed those above 65535 are as many as can be said
    public Dhcpv4 withClient(long secondsPassed, int clientFlags, Inet4Address has) {
        return new Dhcpv4(
                operation,
                hops,
                transactionId,
                (int) Math.min(secondsPassed, 0xffff),
                clientFlags,
                has,
                your,
                server,
                relay,
                hardware,
                serverName,
                bootFile,
                options);
    }

    /// This with the address that the client gets.
    public Dhcpv4 withYour(Inet4Address gets) {
        return new Dhcpv4(
                operation,
                hops,
                transactionId,
                seconds,
                flags,
                client,
                gets,
                server,
                relay,
                hardware,
                serverName,
                bootFile,
                options);
    }

    /// Reads the message at the start of `bytes`.
    ///
    /// @throws MalformedPacketException when its fixed part does not fit
    public static View decode(Slice bytes) {
        return new View(bytes);
    }

    private static Slice trimmed(Slice name) {
        int end = name.length();
        while (end > 0 && name.u8(end - 1) == 0) {
            end--;
        }
        return name.part(0, end);
    }

    @Override
    public int length() {
        return OPTIONS + options.length();
    }

    @Override
    public void encode(ByteBuffer unit) {
        unit.put((byte) operation).put((byte) ETHERNET_HARDWARE);
        unit.put((byte) MacAddress.LENGTH).put((byte) hops);
        unit.putInt((int) transactionId).putShort((short) seconds).putShort((short) flags);
        unit.put(client.getAddress()).put(your.getAddress());
        unit.put(server.getAddress()).put(relay.getAddress());
        unit.put(hardware.toByteArray());
        Fields.zeroUpTo(unit, SERVER_NAME);
        serverName.writeTo(unit);
        Fields.zeroUpTo(unit, BOOT_FILE);
        bootFile.writeTo(unit);
        Fields.zeroUpTo(unit, FIXED_LENGTH);
        unit.putInt((int) COOKIE);
        options.encode(unit);
    }

    /// A message for any hardware, also one of BOOTP (RFC 951), which has no options.
    public record View(Slice bytes) implements Layer {
        public View {
            bytes.require(NAME, "fixed part", 0, FIXED_LENGTH);
        }

        @Override
        public String name() {
            return NAME;
        }

        public int operation() {
            return bytes.u8(0);
        }

        public int hardwareType() {
            return bytes.u8(1);
        }

        public int hardwareLength() {
            return bytes.u8(2);
        }

        public int hops() {
            return bytes.u8(3);
        }

        public long transactionId() {
            return bytes.u32(4);
        }

        public int seconds() {
            return bytes.u16(8);
        }

        public int flags() {
            return bytes.u16(10);
        }

        public Inet4Address client() {
            return IpAddresses.v4(bytes, 12);
        }

        public Inet4Address your() {
            return IpAddresses.v4(bytes, 16);
        }

        public Inet4Address server() {
            return IpAddresses.v4(bytes, 20);
        }

        public Inet4Address relay() {
            return IpAddresses.v4(bytes, 24);
        }

        /// The client's address on its link: sixteen bytes, of which the length says how many
        /// count.
        public Slice hardware() {
            return bytes.part(28, 16);
        }

        /// Sixty-four bytes: a name and zeros, or options.
        public Slice serverName() {
            return bytes.part(SERVER_NAME, BOOT_FILE - SERVER_NAME);
        }

        /// A hundred and twenty-eight bytes: a name and zeros, or options.
        public Slice bootFile() {
            return bytes.part(BOOT_FILE, FIXED_LENGTH - BOOT_FILE);
        }

        /// Whether options follow.
        public boolean hasOptions() {
            return bytes.length() >= OPTIONS && bytes.u32(FIXED_LENGTH) == COOKIE;
        }

        /// Whether the client's link is an Ethernet.
        public boolean isOverEthernet() {
            return hardwareType() == ETHERNET_HARDWARE && hardwareLength() == MacAddress.LENGTH;
        }

        /// What follows the options' end: padding. For BOOTP, what its vendor put there.
        @Override
        public Slice payload() {
            return bytes.from(hasOptions() ? Dhcpv4Options.end(bytes, OPTIONS) : FIXED_LENGTH);
        }

        /// All options, those in the place of names as well; empty for BOOTP.
        ///
        /// @throws MalformedPacketException when their lengths do not add up
        public Dhcpv4Options options() {
            return hasOptions() ? Dhcpv4Options.decode(this) : Dhcpv4Options.NONE;
        }

        @Override
        public Dhcpv4 value() {
            if (!hasOptions() || !isOverEthernet()) {
                throw new MalformedPacketException(
                        NAME,
                        "hardware or cookie",
                        1,
                        "DHCP over Ethernet",
                        "hardware type " + hardwareType() + " of " + hardwareLength() + " bytes");
            }
            int overload = Dhcpv4Options.overload(bytes.from(OPTIONS));
            return new Dhcpv4(
                    operation(),
                    hops(),
                    transactionId(),
                    seconds(),
                    flags(),
                    client(),
                    your(),
                    server(),
                    relay(),
                    new MacAddress(bytes.u48(28)),
                    (overload & Dhcpv4Options.IN_SERVER_NAME) == 0 ? serverName() : Slice.EMPTY,
                    (overload & Dhcpv4Options.IN_BOOT_FILE) == 0 ? bootFile() : Slice.EMPTY,
                    options());
        }
    }
}
