package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The Ethernet II header (IEEE 802.3 clause 3), without preamble and frame check sequence, as
/// packet sockets see it.
///
/// ```text
/// 0              6              12     14
/// | destination  | source       | type | payload …
/// ```
///
/// @param destination the station or group the frame is for
/// @param source the station that sent it
/// @param type what the payload is
public record Ethernet(MacAddress destination, MacAddress source, EtherType type)
        implements Header {
    static final int LENGTH = 14;

    private static final String NAME = "Ethernet";

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
        Fields.put48(unit, destination.value());
        Fields.put48(unit, source.value());
        unit.putShort((short) type.value());
    }

    /// A frame's bytes, padding to the least frame length included.
    public record View(Slice bytes) implements Layer {
        public View {
            bytes.require(NAME, "header", 0, LENGTH);
        }

        @Override
        public String name() {
            return NAME;
        }

        public MacAddress destination() {
            return new MacAddress(bytes.u48(0));
        }

        public MacAddress source() {
            return new MacAddress(bytes.u48(6));
        }

        /// The type, or the payload's length in an IEEE 802.3 frame.
        public EtherType type() {
            return new EtherType(bytes.u16(12));
        }

        @Override
        public Slice payload() {
            Slice rest = bytes.from(LENGTH);
            return type().isLength() ? rest.atMost(type().value()) : rest;
        }

        @Override
        public int missing() {
            return type().isLength() ? Math.max(0, LENGTH + type().value() - bytes.length()) : 0;
        }

        @Override
        public Optional<Layer> next() {
            return Protocols.decode(type(), payload());
        }

        @Override
        public Ethernet value() {
            return new Ethernet(destination(), source(), type());
        }
    }
}
