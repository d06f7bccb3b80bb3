package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.List;

/// The TCP header (RFC 9293 section 3.1).
///
/// ```text
/// 0             4          16                 31 bits
/// | source port            | destination port |
/// | sequence number                           |
/// | acknowledgement number                    |
/// | data offset | flags    | window           |
/// | checksum               | urgent pointer   |
/// | options, padded to four bytes …           |
/// ```
///
/// @param sourcePort the sender's port, 0 to 65535
/// @param destinationPort the receiver's port, 0 to 65535
/// @param sequenceNumber of the first byte (or the SYN), 0 to 2³²-1
/// @param acknowledgementNumber the next byte expected, if the ACK flag is set
/// @param flags the control bits
/// @param window what the sender takes beyond the acknowledgement, unscaled
/// @param urgentPointer the end of urgent data, if the URG flag is set
/// @param options up to 40 bytes together
public record Tcp(
        int sourcePort,
        int destinationPort,
        long sequenceNumber,
        long acknowledgementNumber,
        TcpFlags flags,
        int window,
        int urgentPointer,
        List<TcpOption> options)
        implements Header.Transport {
    static final int LEAST_LENGTH = 20;
    static final int MOST_OPTION_BYTES = 40;

    private static final String NAME = "TCP";
    private static final int CHECKSUM = 16;
    private static final int DEFAULT_WINDOW = 64240;

    public Tcp {
        Fields.check("source port", sourcePort, 16);
        Fields.check("destination port", destinationPort, 16);
        Fields.check("sequence number", sequenceNumber, 32);
        Fields.check("acknowledgement number", acknowledgementNumber, 32);
        Fields.check("window", window, 16);
        Fields.check("urgent pointer", urgentPointer, 16);
        options = List.copyOf(options);
        Fields.checkLength("TCP options", TcpOptions.bytes(options), MOST_OPTION_BYTES);
    }

    /// The first segment of a connection, with Linux's initial window.
    public static Tcp syn(
            int sourcePort, int destinationPort, long sequenceNumber, List<TcpOption> options) {
        return new Tcp(
                sourcePort,
                destinationPort,
                sequenceNumber,
                0,
                TcpFlags.SYN,
                DEFAULT_WINDOW,
                0,
                options);
    }

    /// A segment with these numbers and flags and no options.
    public static Tcp of(
            int sourcePort,
            int destinationPort,
            long sequenceNumber,
            long acknowledgementNumber,
            TcpFlags flags) {
        return new Tcp(
                sourcePort,
                destinationPort,
                sequenceNumber,
                acknowledgementNumber,
                flags,
                DEFAULT_WINDOW,
                0,
                List.of());
    }

    /// Reads the header at the start of `bytes`.
    ///
    /// @throws MalformedPacketException when it does not fit or the data offset is wrong
    public static View decode(Slice bytes) {
        return new View(bytes);
    }

    @Override
    public int length() {
        return LEAST_LENGTH + TcpOptions.bytes(options);
    }

    @Override
    public IpProtocol protocol() {
        return IpProtocol.TCP;
    }

    @Override
    public int checksumOffset() {
        return CHECKSUM;
    }

    @Override
    public void encode(ByteBuffer unit) {
        unit.putShort((short) sourcePort).putShort((short) destinationPort);
        unit.putInt((int) sequenceNumber).putInt((int) acknowledgementNumber);
        unit.putShort((short) ((length() / 4) << 12 | flags.bits())).putShort((short) window);
        unit.putShort((short) 0).putShort((short) urgentPointer);
        TcpOptions.encode(options, unit);
        Fields.zeroUpTo(unit, length());
    }

    /// A segment.
    public record View(Slice bytes) implements Layer {
        public View {
            bytes.require(NAME, "header", 0, LEAST_LENGTH);
            Require.atLeast(NAME, "data offset", 12, LEAST_LENGTH, headerBytes(bytes));
            bytes.require(NAME, "options", 0, headerBytes(bytes));
        }

        @Override
        public String name() {
            return NAME;
        }

        private static int headerBytes(Slice bytes) {
            return (bytes.u8(12) >>> 4) * 4;
        }

        public int sourcePort() {
            return bytes.u16(0);
        }

        public int destinationPort() {
            return bytes.u16(2);
        }

        public long sequenceNumber() {
            return bytes.u32(4);
        }

        public long acknowledgementNumber() {
            return bytes.u32(8);
        }

        public TcpFlags flags() {
            return new TcpFlags(bytes.u16(12) & 0xfff);
        }

        public int window() {
            return bytes.u16(14);
        }

        public int checksum() {
            return bytes.u16(CHECKSUM);
        }

        public int urgentPointer() {
            return bytes.u16(18);
        }

        /// The options up to the end of the list.
        ///
        /// @throws MalformedPacketException when their lengths do not add up
        public List<TcpOption> options() {
            return TcpOptions.decode(bytes.part(LEAST_LENGTH, headerBytes(bytes) - LEAST_LENGTH));
        }

        @Override
        public Slice payload() {
            return bytes.from(headerBytes(bytes));
        }

        @Override
        public Tcp value() {
            return new Tcp(
                    sourcePort(),
                    destinationPort(),
                    sequenceNumber(),
                    acknowledgementNumber(),
                    flags(),
                    window(),
                    urgentPointer(),
                    options());
        }
    }
}
