package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The UDP header (RFC 768).
///
/// ```text
/// 0             2                  4        6          8
/// | source port | destination port | length | checksum | payload …
/// ```
///
/// @param sourcePort the sender's port, 0 to 65535
/// @param destinationPort the receiver's port, 0 to 65535
public record Udp(int sourcePort, int destinationPort) implements Header.Transport {
    static final int LENGTH = 8;

    private static final String NAME = "UDP";
    private static final int CHECKSUM = 6;

    public Udp {
        Fields.check("source port", sourcePort, 16);
        Fields.check("destination port", destinationPort, 16);
    }

    /// Reads the header at the start of `bytes`.
    ///
    /// @throws MalformedPacketException when lengths are wrong
    public static View decode(Slice bytes) {
        return new View(bytes);
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public IpProtocol protocol() {
        return IpProtocol.UDP;
    }

    @Override
    public int checksumOffset() {
        return CHECKSUM;
    }

    /// @throws IllegalArgumentException when header and payload exceed 65535 bytes
    @Override
    public void encode(ByteBuffer unit) {
        Fields.check("UDP length", unit.limit(), 16);
        unit.putShort((short) sourcePort).putShort((short) destinationPort);
        unit.putShort((short) unit.limit()).putShort((short) 0);
    }

    /// A datagram.
    public record View(Slice bytes) implements Layer {
        public View {
            bytes.require(NAME, "header", 0, LENGTH);
            int length = bytes.u16(4);
            // Zero stands for a length above 65535 (RFC 2675 section 4).
            if (length != 0) {
                Require.atLeast(NAME, "length", 4, LENGTH, length);
                bytes = bytes.atMost(length);
            }
        }

        @Override
        public String name() {
            return NAME;
        }

        public int sourcePort() {
            return bytes.u16(0);
        }

        public int destinationPort() {
            return bytes.u16(2);
        }

        /// The checksum; zero when the sender computed none (IPv4).
        public int checksum() {
            return bytes.u16(CHECKSUM);
        }

        @Override
        public Slice payload() {
            return bytes.from(LENGTH);
        }

        @Override
        public int missing() {
            return Math.max(0, bytes.u16(4) - bytes.length());
        }

        /// What goes to a port, or, of protocols whose servers answer from it, comes from one.
        @Override
        public Optional<Layer> next() {
            return Protocols.decode(sourcePort(), destinationPort(), payload());
        }

        @Override
        public Udp value() {
            return new Udp(sourcePort(), destinationPort());
        }
    }
}
