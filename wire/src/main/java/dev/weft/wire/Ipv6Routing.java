package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The IPv6 routing header (RFC 8200 section 4.4). Its data is kept, not interpreted: type 0 is
/// forbidden (RFC 5095), type 4 is segment routing (RFC 8754).
///
/// ```text
/// 0             1                            2      3               4
/// | next header | 8-byte units after first 8 | type | segments left | data …
/// ```
///
/// @param nextHeader what the payload is
/// @param type the routing type, 0 to 255
/// @param segmentsLeft stations still to visit; 0 at the final destination
/// @param data four bytes, then whole units of eight
public record Ipv6Routing(IpProtocol nextHeader, int type, int segmentsLeft, Slice data)
        implements Header {
    private static final String NAME = "IPv6 routing";
    private static final int FIXED_LENGTH = 4;
    private static final int UNIT = 8;
    private static final int MOST_DATA = 256 * UNIT - FIXED_LENGTH;

    public Ipv6Routing {
        Fields.check("routing type", type, 8);
        Fields.check("segments left", segmentsLeft, 8);
        Fields.checkLength("routing data", data.length(), MOST_DATA);
        if (data.length() % UNIT != UNIT - FIXED_LENGTH) {
            throw new IllegalArgumentException(
                    "routing data must be four bytes and whole units of eight: " + data.length());
        }
        data = data.copy();
    }

    /// Reads the header at the start of `bytes`.
    ///
    /// @throws MalformedPacketException when it does not fit
    public static View decode(Slice bytes) {
        return new View(bytes);
    }

    @Override
    public int length() {
        return FIXED_LENGTH + data.length();
    }

    @Override
    public void encode(ByteBuffer unit) {
        unit.put((byte) nextHeader.value()).put((byte) (length() / UNIT - 1));
        unit.put((byte) type).put((byte) segmentsLeft);
        data.writeTo(unit);
    }

    /// A routing header and what follows it.
    public record View(Slice bytes) implements Layer {
        public View {
            bytes.require(NAME, "fixed part", 0, FIXED_LENGTH);
            bytes.require(NAME, "data", 0, headerBytes(bytes));
        }

        @Override
        public String name() {
            return NAME;
        }

        private static int headerBytes(Slice bytes) {
            return (bytes.u8(1) + 1) * UNIT;
        }

        public IpProtocol nextHeader() {
            return new IpProtocol(bytes.u8(0));
        }

        public int type() {
            return bytes.u8(2);
        }

        public int segmentsLeft() {
            return bytes.u8(3);
        }

        public Slice data() {
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
        public Ipv6Routing value() {
            return new Ipv6Routing(nextHeader(), type(), segmentsLeft(), data());
        }
    }
}
