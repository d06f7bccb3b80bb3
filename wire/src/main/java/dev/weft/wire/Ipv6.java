package dev.weft.wire;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The IPv6 header (RFC 8200 section 3).
///
/// ```text
/// 0       4               12                     31 bits
/// | 6     | traffic class | flow label                |
/// | payload length        | next header | hop limit   |
/// | source, 16 bytes                                  |
/// | destination, 16 bytes                             |
/// ```
///
/// @param trafficClass the DSCP (upper six bits) and ECN (lower two)
/// @param flowLabel 20 bits; 0 when unused
/// @param nextHeader what the payload is
/// @param hopLimit hops left, 0 to 255
/// @param source the sender
/// @param destination the receiver, or the next hop of a routing header
public record Ipv6(
        int trafficClass,
        int flowLabel,
        IpProtocol nextHeader,
        int hopLimit,
        Inet6Address source,
        Inet6Address destination)
        implements Header {
    static final int VERSION = 6;
    static final int LENGTH = 40;

    private static final String NAME = "IPv6";
    private static final int DEFAULT_HOP_LIMIT = 64;

    public Ipv6 {
        Fields.check("traffic class", trafficClass, 8);
        Fields.check("flow label", flowLabel, 20);
        Fields.check("hop limit", hopLimit, 8);
    }

    /// A header of hop limit 64.
    public static Ipv6 of(Inet6Address source, Inet6Address destination, IpProtocol nextHeader) {
        return new Ipv6(0, 0, nextHeader, DEFAULT_HOP_LIMIT, source, destination);
    }

    /// This header with another hop limit: 255 for neighbour discovery (RFC 4861 section 3.1).
    public Ipv6 withHopLimit(int hops) {
        return new Ipv6(trafficClass, flowLabel, nextHeader, hops, source, destination);
    }

    /// Reads the header at the start of `bytes`.
    ///
    /// @throws MalformedPacketException when it does not fit or the version is wrong
    public static View decode(Slice bytes) {
        return new View(bytes);
    }

    @Override
    public int length() {
        return LENGTH;
    }

    /// @throws IllegalArgumentException when the payload exceeds 65535 bytes
    @Override
    public void encode(ByteBuffer unit) {
        int payloadLength = unit.limit() - LENGTH;
        Fields.check("IPv6 payload length", payloadLength, 16);
        unit.putInt(VERSION << 28 | trafficClass << 20 | flowLabel);
        unit.putShort((short) payloadLength);
        unit.put((byte) nextHeader.value()).put((byte) hopLimit);
        unit.put(source.getAddress()).put(destination.getAddress());
    }

    /// A packet's bytes, without what a frame padded.
    public record View(Slice bytes) implements Layer {
        public View {
            bytes.require(NAME, "header", 0, LENGTH);
            Require.equal(NAME, "version", 0, VERSION, bytes.u8(0) >>> 4);
            if (!isJumbogram(bytes)) {
                bytes = bytes.atMost(LENGTH + bytes.u16(4));
            }
        }

        @Override
        public String name() {
            return NAME;
        }

        /// Zero with hop-by-hop options stands for a length above 65535 (RFC 2675 section 3), which
        /// the kernel also shows for packets it has not segmented yet.
        private static boolean isJumbogram(Slice bytes) {
            return bytes.u16(4) == 0 && bytes.u8(6) == IpProtocol.HOP_BY_HOP.value();
        }

        public int trafficClass() {
            return bytes.u16(0) >>> 4 & 0xff;
        }

        public int flowLabel() {
            return bytes.u24(1) & 0xf_ffff;
        }

        /// The length field: what follows this header, in bytes.
        public int payloadLength() {
            return bytes.u16(4);
        }

        public IpProtocol nextHeader() {
            return new IpProtocol(bytes.u8(6));
        }

        public int hopLimit() {
            return bytes.u8(7);
        }

        public Inet6Address source() {
            return IpAddresses.v6(bytes, 8);
        }

        public Inet6Address destination() {
            return IpAddresses.v6(bytes, 24);
        }

        @Override
        public Slice payload() {
            return bytes.from(LENGTH);
        }

        @Override
        public int missing() {
            return Math.max(0, LENGTH + payloadLength() - bytes.length());
        }

        @Override
        public Optional<Layer> next() {
            return Protocols.decode(nextHeader(), payload());
        }

        @Override
        public Ipv6 value() {
            return new Ipv6(
                    trafficClass(), flowLabel(), nextHeader(), hopLimit(), source(), destination());
        }
    }
}
