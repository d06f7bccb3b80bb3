package dev.weft.wire;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// The IPv4 header (RFC 791 section 3.1).
///
/// ```text
/// 0       4               8                      16                      31 bits
/// | 4     | header length | differentiated serv. | total length           |
/// | identification                               | flags | fragment offset |
/// | time to live          | protocol             | header checksum        |
/// | source                                                                |
/// | destination                                                           |
/// | options, padded to four bytes …                                       |
/// ```
///
/// @param differentiatedServices the DSCP (upper six bits, RFC 2474) and ECN (lower two, RFC 3168)
/// @param identification names the packet that fragments belong to
/// @param flags [#DONT_FRAGMENT], [#MORE_FRAGMENTS] and the reserved bit, 0 to 7
/// @param fragmentOffsetBytes where the payload stands in the whole packet, a multiple of 8
/// @param timeToLive hops left, 0 to 255
/// @param protocol what the payload is
/// @param source the sender
/// @param destination the receiver
/// @param options up to 40 bytes together
public record Ipv4(
        int differentiatedServices,
        int identification,
        int flags,
        int fragmentOffsetBytes,
        int timeToLive,
        IpProtocol protocol,
        Inet4Address source,
        Inet4Address destination,
        List<Ipv4Option> options)
        implements Header {
    /// The flag bit of packets that routers must not fragment.
    public static final int DONT_FRAGMENT = 2;

    /// The flag bit of every fragment but the last.
    public static final int MORE_FRAGMENTS = 1;

    static final int VERSION = 4;
    static final int LEAST_LENGTH = 20;
    static final int MOST_OPTION_BYTES = 40;

    private static final String NAME = "IPv4";
    private static final int DEFAULT_TIME_TO_LIVE = 64;

    public Ipv4 {
        Fields.check("differentiated services", differentiatedServices, 8);
        Fields.check("identification", identification, 16);
        Fields.check("IPv4 flags", flags, 3);
        Fields.check("fragment offset", fragmentOffsetBytes, 16);
        Fields.check("time to live", timeToLive, 8);
        if (fragmentOffsetBytes % 8 != 0) {
            throw new IllegalArgumentException(
                    "fragment offset must be a multiple of 8: " + fragmentOffsetBytes);
        }
        options = List.copyOf(options);
        Fields.checkLength("IPv4 options", optionBytes(options), MOST_OPTION_BYTES);
    }

    /// An unfragmented header as Linux sends it: time to live 64, don't fragment, no options.
    public static Ipv4 of(Inet4Address source, Inet4Address destination, IpProtocol protocol) {
        return new Ipv4(
                0,
                0,
                DONT_FRAGMENT,
                0,
                DEFAULT_TIME_TO_LIVE,
                protocol,
                source,
                destination,
                List.of());
    }

    /// This header with another time to live.
    public Ipv4 withTimeToLive(int hops) {
        return new Ipv4(
                differentiatedServices,
                identification,
                flags,
                fragmentOffsetBytes,
                hops,
                protocol,
                source,
                destination,
                options);
    }

    /// This header for the fragment at `offsetBytes` of packet `newIdentification`.
    public Ipv4 withFragment(int newIdentification, int offsetBytes, boolean moreFollow) {
        return new Ipv4(
                differentiatedServices,
                newIdentification,
                moreFollow ? MORE_FRAGMENTS : 0,
                offsetBytes,
                timeToLive,
                protocol,
                source,
                destination,
                options);
    }

    /// This header with these options.
    public Ipv4 withOptions(List<Ipv4Option> newOptions) {
        return new Ipv4(
                differentiatedServices,
                identification,
                flags,
                fragmentOffsetBytes,
                timeToLive,
                protocol,
                source,
                destination,
                newOptions);
    }

    private static int optionBytes(List<Ipv4Option> options) {
        return Fields.aligned(options.stream().mapToInt(Ipv4Option::length).sum(), 4);
    }

    /// Reads the header at the start of `bytes`.
    ///
    /// @throws MalformedPacketException when version or lengths are wrong
    public static View decode(Slice bytes) {
        return new View(bytes);
    }

    @Override
    public int length() {
        return LEAST_LENGTH + optionBytes(options);
    }

    /// @throws IllegalArgumentException when header and payload exceed 65535 bytes
    @Override
    public void encode(ByteBuffer unit) {
        Fields.check("IPv4 total length", unit.limit(), 16);
        unit.put((byte) (VERSION << 4 | length() / 4)).put((byte) differentiatedServices);
        unit.putShort((short) unit.limit()).putShort((short) identification);
        unit.putShort((short) (flags << 13 | fragmentOffsetBytes / 8));
        unit.put((byte) timeToLive).put((byte) protocol.value()).putShort((short) 0);
        unit.put(source.getAddress()).put(destination.getAddress());
        options.forEach(option -> option.encode(unit));
        Fields.zeroUpTo(unit, length());
        unit.putShort(View.CHECKSUM, (short) InternetChecksum.of(Fields.written(unit)));
    }

    /// A packet's bytes, without what a frame padded.
    public record View(Slice bytes) implements Layer {
        private static final int CHECKSUM = 10;

        public View {
            bytes.require(NAME, "header", 0, LEAST_LENGTH);
            int headerBytes = headerBytes(bytes);
            int totalLength = bytes.u16(2);
            Require.equal(NAME, "version", 0, VERSION, bytes.u8(0) >>> 4);
            Require.atLeast(NAME, "header length", 0, LEAST_LENGTH, headerBytes);
            bytes.require(NAME, "options", 0, headerBytes);
            // Zero is what the kernel shows for packets it has not segmented yet (BIG TCP).
            if (totalLength != 0) {
                Require.atLeast(NAME, "total length", 2, headerBytes, totalLength);
                bytes = bytes.atMost(totalLength);
            }
        }

        @Override
        public String name() {
            return NAME;
        }

        private static int headerBytes(Slice bytes) {
            return (bytes.u8(0) & 0xf) * 4;
        }

        /// The header alone, options included.
        public Slice header() {
            return bytes.part(0, headerBytes(bytes));
        }

        public int differentiatedServices() {
            return bytes.u8(1);
        }

        /// The length field: header and payload in bytes.
        public int totalLength() {
            return bytes.u16(2);
        }

        public int identification() {
            return bytes.u16(4);
        }

        public int flags() {
            return bytes.u8(6) >>> 5;
        }

        public int fragmentOffsetBytes() {
            return (bytes.u16(6) & 0x1fff) * 8;
        }

        /// Whether this is a part of a packet, the first one included.
        public boolean isFragment() {
            return fragmentOffsetBytes() != 0 || (flags() & MORE_FRAGMENTS) != 0;
        }

        public int timeToLive() {
            return bytes.u8(8);
        }

        public IpProtocol protocol() {
            return new IpProtocol(bytes.u8(9));
        }

        public int checksum() {
            return bytes.u16(CHECKSUM);
        }

        public Inet4Address source() {
            return IpAddresses.v4(bytes, 12);
        }

        public Inet4Address destination() {
            return IpAddresses.v4(bytes, 16);
        }

        /// The options up to the end of the list.
        ///
        /// @throws MalformedPacketException when their lengths do not add up
        public List<Ipv4Option> options() {
            return Ipv4Option.decodeAll(header().from(LEAST_LENGTH));
        }

        @Override
        public Slice payload() {
            return bytes.from(headerBytes(bytes));
        }

        @Override
        public int missing() {
            return Math.max(0, totalLength() - bytes.length());
        }

        @Override
        public Optional<Layer> next() {
            return fragmentOffsetBytes() == 0
                    ? Protocols.decode(protocol(), payload())
                    : Optional.empty();
        }

        @Override
        public Ipv4 value() {
            return new Ipv4(
                    differentiatedServices(),
                    identification(),
                    flags(),
                    fragmentOffsetBytes(),
                    timeToLive(),
                    protocol(),
                    source(),
                    destination(),
                    options());
        }
    }
}
