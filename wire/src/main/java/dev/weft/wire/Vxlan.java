package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The VXLAN header (RFC 7348 section 5). Reserved bits, which receivers ignore, are in the view
/// only.
///
/// ```text
/// 0       1          4            7          8
/// | flags | reserved | network id | reserved | inner Ethernet frame …
/// ```
///
/// @param networkId the VXLAN network identifier, 0 to 2²⁴-1
public record Vxlan(int networkId) implements Header {
    static final int LENGTH = 8;

    private static final String NAME = "VXLAN";
    private static final int VALID_ID = 0x08;

    public Vxlan {
        Fields.check("VXLAN network identifier", networkId, 24);
    }

    /// Reads the header at the start of `bytes`.
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
        unit.putInt(VALID_ID << 24);
        Fields.put24(unit, networkId);
        unit.put((byte) 0);
    }

    /// A VXLAN header and the frame in it.
    public record View(Slice bytes) implements Layer {
        public View {
            bytes.require(NAME, "header", 0, LENGTH);
        }

        @Override
        public String name() {
            return NAME;
        }

        public int flags() {
            return bytes.u8(0);
        }

        /// Whether the flag is set without which receivers drop the packet.
        public boolean hasValidId() {
            return (flags() & VALID_ID) != 0;
        }

        public int networkId() {
            return bytes.u24(4);
        }

        @Override
        public Slice payload() {
            return bytes.from(LENGTH);
        }

        @Override
        public Optional<Layer> next() {
            return Optional.of(Ethernet.decode(payload()));
        }

        @Override
        public Vxlan value() {
            return new Vxlan(networkId());
        }
    }
}
