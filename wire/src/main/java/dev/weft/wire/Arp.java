package dev.weft.wire;

import java.net.Inet4Address;
import java.nio.ByteBuffer;

/// Address resolution of IPv4 over Ethernet (RFC 826).
///
/// ```text
/// 0          2          4    5    6           8        14      18       24      28
/// | hardware | protocol | 6  | 4  | operation | sender MAC, IP | target MAC, IP |
/// ```
///
/// @param operation [#REQUEST], [#REPLY] or another number
/// @param senderMac the sender's link address
/// @param senderIp the sender's address; 0.0.0.0 in a probe (RFC 5227)
/// @param targetMac the target's link address; zero in a request
/// @param targetIp the address asked for or answered to
public record Arp(
        int operation,
        MacAddress senderMac,
        Inet4Address senderIp,
        MacAddress targetMac,
        Inet4Address targetIp)
        implements Header {
    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    static final int LENGTH = 28;

    private static final String NAME = "ARP";
    private static final int FIXED_LENGTH = 8;
    private static final int ETHERNET_HARDWARE = 1;

    public Arp {
        Fields.check("ARP operation", operation, 16);
    }

    /// Asks who has `targetIp`.
    public static Arp request(MacAddress senderMac, Inet4Address senderIp, Inet4Address targetIp) {
        return new Arp(REQUEST, senderMac, senderIp, MacAddress.ZERO, targetIp);
    }

    /// The answer to this request by the station at `mac`, which owns the address asked for.
    public Arp replyBy(MacAddress mac) {
        return new Arp(
                REPLY,
                /* senderMac= */ mac,
                /* senderIp= */ targetIp,
                /* targetMac= */ senderMac,
                /* targetIp= */ senderIp);
    }

    /// Reads the packet at the start of `bytes`.
    ///
    /// @throws MalformedPacketException when it does not fit
    public static View decode(Slice bytes) {
        return new View(bytes);
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void encode(ByteBuffer unit) {
        unit.putShort((short) ETHERNET_HARDWARE).putShort((short) EtherType.IPV4.value());
        unit.put((byte) MacAddress.LENGTH).put((byte) IpAddresses.V4_LENGTH);
        unit.putShort((short) operation);
        Fields.put48(unit, senderMac.value());
        unit.put(senderIp.getAddress());
        Fields.put48(unit, targetMac.value());
        unit.put(targetIp.getAddress());
    }

    /// An ARP packet for any hardware and protocol.
    public record View(Slice bytes) implements Layer {
        public View {
            bytes.require(NAME, "fixed part", 0, FIXED_LENGTH);
            bytes.require(NAME, "addresses", FIXED_LENGTH, 2 * (bytes.u8(4) + bytes.u8(5)));
        }

        @Override
        public String name() {
            return NAME;
        }

        public int hardwareType() {
            return bytes.u16(0);
        }

        public EtherType protocolType() {
            return new EtherType(bytes.u16(2));
        }

        public int operation() {
            return bytes.u16(6);
        }

        public Slice senderHardwareAddress() {
            return bytes.part(FIXED_LENGTH, bytes.u8(4));
        }

        public Slice senderProtocolAddress() {
            return bytes.part(FIXED_LENGTH + bytes.u8(4), bytes.u8(5));
        }

        public Slice targetHardwareAddress() {
            return bytes.part(FIXED_LENGTH + bytes.u8(4) + bytes.u8(5), bytes.u8(4));
        }

        public Slice targetProtocolAddress() {
            return bytes.part(FIXED_LENGTH + 2 * bytes.u8(4) + bytes.u8(5), bytes.u8(5));
        }

        /// Whether this resolves IPv4 over Ethernet, so that it has a value.
        public boolean isIpv4OverEthernet() {
            return hardwareType() == ETHERNET_HARDWARE
                    && protocolType().equals(EtherType.IPV4)
                    && bytes.u8(4) == MacAddress.LENGTH
                    && bytes.u8(5) == IpAddresses.V4_LENGTH;
        }

        /// What follows the addresses: the padding of a short frame.
        @Override
        public Slice payload() {
            return bytes.from(FIXED_LENGTH + 2 * (bytes.u8(4) + bytes.u8(5)));
        }

        @Override
        public Arp value() {
            if (!isIpv4OverEthernet()) {
                throw new MalformedPacketException(
                        NAME, "types", 0, "IPv4 over Ethernet", bytes.part(0, 6).toString());
            }
            return new Arp(
                    operation(),
                    new MacAddress(bytes.u48(8)),
                    IpAddresses.v4(bytes, 14),
                    new MacAddress(bytes.u48(18)),
                    IpAddresses.v4(bytes, 24));
        }
    }
}
