package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The Linux cooked capture header, version 2 (LINKTYPE_LINUX_SLL2): what a capture on all devices
/// has instead of link headers.
///
/// ```text
/// 0      2          4                 8       10     11              12        20
/// | type | reserved | interface index | ARPHRD | kind | address length | address | payload …
/// ```
///
/// @param type what the payload is
/// @param interfaceIndex the device's index, 1 to 2³²-1
/// @param hardwareType the device's ARPHRD_ number
/// @param packetType the kernel's PACKET_ number: 0 to us, 1 broadcast, 2 multicast, 3 to others, 4
///   from us
/// @param address the sender's link address, up to eight bytes
public record LinuxCooked(
        EtherType type, long interfaceIndex, int hardwareType, int packetType, Slice address)
        implements Header {
    static final int LENGTH = 20;

    private static final String NAME = "Linux cooked v2";
    private static final int MOST_ADDRESS_BYTES = 8;

    public LinuxCooked {
        Fields.check("interface index", interfaceIndex, 32);
        Fields.check("hardware type", hardwareType, 16);
        Fields.check("packet type", packetType, 8);
        Fields.checkLength("link address", address.length(), MOST_ADDRESS_BYTES);
        address = address.copy();
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
        unit.putShort((short) type.value()).putShort((short) 0).putInt((int) interfaceIndex);
        unit.putShort((short) hardwareType).put((byte) packetType).put((byte) address.length());
        address.writeTo(unit);
        unit.put(new byte[MOST_ADDRESS_BYTES - address.length()]);
    }

    /// A captured packet behind its cooked header.
    public record View(Slice bytes) implements Layer {
        public View {
            bytes.require(NAME, "header", 0, LENGTH);
        }

        @Override
        public String name() {
            return NAME;
        }

        public EtherType type() {
            return new EtherType(bytes.u16(0));
        }

        public long interfaceIndex() {
            return bytes.u32(4);
        }

        public int hardwareType() {
            return bytes.u16(8);
        }

        public int packetType() {
            return bytes.u8(10);
        }

        /// The sender's link address; of a longer one only the first eight bytes are kept.
        public Slice address() {
            return bytes.part(12, Math.min(bytes.u8(11), MOST_ADDRESS_BYTES));
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
        public LinuxCooked value() {
            return new LinuxCooked(
                    type(), interfaceIndex(), hardwareType(), packetType(), address());
        }
    }
}
