package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The authentication header (RFC 4302 section 2) of IPv4 and IPv6. The check value is not
/// verified.
///
/// ```text
/// 0             1                       2          4                          8          12
/// | next header | 4-byte units minus 2  | reserved | security parameter index | sequence | check …
/// ```
///
/// @param nextHeader what the payload is
/// @param securityParameterIndex names the security association, 0 to 2³²-1
/// @param sequenceNumber counts packets, 0 to 2³²-1
/// @param checkValue the integrity check value, whole units of four bytes
public record Authentication(
        IpProtocol nextHeader, long securityParameterIndex, long sequenceNumber, Slice checkValue)
        implements Header {
    private static final String NAME = "Authentication";
    private static final int FIXED_LENGTH = 12;
    private static final int UNIT = 4;
    private static final int MOST_CHECK_BYTES = (255 + 2) * UNIT - FIXED_LENGTH;

    public Authentication {
        Fields.check("security parameter index", securityParameterIndex, 32);
        Fields.check("sequence number", sequenceNumber, 32);
        Fields.checkLength("check value", checkValue.length(), MOST_CHECK_BYTES);
        if (checkValue.length() % UNIT != 0) {
            throw new IllegalArgumentException(
                    "check value must be whole units of four bytes: " + checkValue.length());
        }
        checkValue = checkValue.copy();
    }

    /// Reads the header at the start of `bytes`.
    ///
    /// @throws MalformedPacketException when lengths are wrong
    public static View decode(Slice bytes) {
        return new View(bytes);
    }

    @Override
    public int length() {
        return FIXED_LENGTH + checkValue.length();
    }

    @Override
    public void encode(ByteBuffer unit) {
        unit.put((byte) nextHeader.value()).put((byte) (length() / UNIT - 2)).putShort((short) 0);
        unit.putInt((int) securityParameterIndex).putInt((int) sequenceNumber);
        checkValue.writeTo(unit);
    }

    /// An authentication header and what follows it.
    public record View(Slice bytes) implements Layer {
        public View {
            bytes.require(NAME, "fixed part", 0, FIXED_LENGTH);
            Require.atLeast(NAME, "length", 1, FIXED_LENGTH, headerBytes(bytes));
            bytes.require(NAME, "check value", 0, headerBytes(bytes));
        }

        @Override
        public String name() {
            return NAME;
        }

        private static int headerBytes(Slice bytes) {
            return (bytes.u8(1) + 2) * UNIT;
        }

        public IpProtocol nextHeader() {
            return new IpProtocol(bytes.u8(0));
        }

        public long securityParameterIndex() {
            return bytes.u32(4);
        }

        public long sequenceNumber() {
            return bytes.u32(8);
        }

        public Slice checkValue() {
            return bytes.part(FIXED_LENGTH, headerBytes(bytes) - FIXED_LENGTH);
        }

        @Override
        public Slice payload() {
            return bytes.from(headerBytes(bytes));
        }

        @Override
        public Optional<Layer> next() {
            return Protocols.decode(nextHeader(), payload());
        }

        @Override
        public Authentication value() {
            return new Authentication(
                    nextHeader(), securityParameterIndex(), sequenceNumber(), checkValue());
        }
    }
}
