package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The IPv6 fragment header (RFC 8200 section 4.5).
///
/// ```text
/// 0             8          16                29           31
/// | next header | reserved | fragment offset | res. | more |
/// | identification                                         |
/// ```
///
/// @param nextHeader what the whole packet's fragmentable part starts with
/// @param offsetBytes where the payload stands in that part, a multiple of 8
/// @param moreFollow whether this is not the last fragment
/// @param identification names the packet, 0 to 2³²-1
public record Ipv6Fragment(
        IpProtocol nextHeader, int offsetBytes, boolean moreFollow, long identification)
        implements Header {
    static final int LENGTH = 8;

    private static final String NAME = "IPv6 fragment";

    public Ipv6Fragment {
        Fields.check("fragment offset", offsetBytes, 16);
        Fields.check("identification", identification, 32);
        if (offsetBytes % 8 != 0) {
            throw new IllegalArgumentException(
                    "fragment offset must be a multiple of 8: " + offsetBytes);
        }
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
        unit.put((byte) nextHeader.value()).put((byte) 0);
        unit.putShort((short) (offsetBytes | (moreFollow ? 1 : 0)));
        unit.putInt((int) identification);
    }

    /// A fragment header and the fragment.
    public record View(Slice bytes) implements Layer {
        public View {
            bytes.require(NAME, "header", 0, LENGTH);
        }

        @Override
        public String name() {
            return NAME;
        }

        public IpProtocol nextHeader() {
            return new IpProtocol(bytes.u8(0));
        }

        public int offsetBytes() {
            return bytes.u16(2) & ~7;
        }

        public boolean moreFollow() {
            return (bytes.u8(3) & 1) != 0;
        }

        public long identification() {
            return bytes.u32(4);
        }

        /// Whether the packet is in more than one piece; an "atomic fragment" (RFC 6946) is not.
        public boolean isFragment() {
            return offsetBytes() != 0 || moreFollow();
        }

        @Override
        public Slice payload() {
            return bytes.from(LENGTH);
        }

        @Override
        public Optional<Layer> next() {
            return offsetBytes() == 0
                    ? Protocols.decode(nextHeader(), payload())
                    : Optional.empty();
        }

        @Override
        public Ipv6Fragment value() {
            return new Ipv6Fragment(nextHeader(), offsetBytes(), moreFollow(), identification());
        }
    }
}
