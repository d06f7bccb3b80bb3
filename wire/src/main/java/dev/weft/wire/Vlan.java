package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/// A VLAN tag (IEEE 802.1Q clause 9.6). Whether it is a customer or a service tag is said by the
/// type of the header before it.
///
/// ```text
/// 0        3   4          16     32 bits
/// | priority | D | VLAN id | type | payload …
/// ```
///
/// @param priority the priority code point, 0 to 7
/// @param dropEligible whether the frame may be dropped first
/// @param id the VLAN, 0 to 4095; 0 is a priority tag without VLAN
/// @param type what the payload is
public record Vlan(int priority, boolean dropEligible, int id, EtherType type) implements Header {
    static final int LENGTH = 4;

    private static final String NAME = "802.1Q";

    public Vlan {
        Fields.check("VLAN priority", priority, 3);
        Fields.check("VLAN id", id, 12);
    }

    /// A tag of priority 0.
    public static Vlan of(int id, EtherType type) {
        return new Vlan(0, false, id, type);
    }

    /// Reads the tag at the start of `bytes`.
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
        int drop = dropEligible ? 1 : 0;
        unit.putShort((short) (priority << 13 | drop << 12 | id));
        unit.putShort((short) type.value());
    }

    /// A tag and what it tags.
    public record View(Slice bytes) implements Layer {
        public View {
            bytes.require(NAME, "tag", 0, LENGTH);
        }

        @Override
        public String name() {
            return NAME;
        }

        public int priority() {
            return bytes.u8(0) >>> 5;
        }

        public boolean dropEligible() {
            return (bytes.u8(0) & 0x10) != 0;
        }

        public int id() {
            return bytes.u16(0) & 0xfff;
        }

        public EtherType type() {
            return new EtherType(bytes.u16(2));
        }

        @Override
        public Slice payload() {
            return bytes.from(LENGTH);
        }

        @Override
        public Optional<Layer> next() {
            return Protocols.decode(type(), payload());
        }

        @Override
        public Vlan value() {
            return new Vlan(priority(), dropEligible(), id(), type());
        }
    }
}
