package dev.weft.wire;

import java.net.Inet6Address;
import java.nio.ByteBuffer;

/// One option of a neighbour discovery message (RFC 4861 section 4.6).
public sealed interface NeighbourOption {
    /// The option's type number.
    int type();

    /// The number of bytes on the wire, a multiple of 8.
    int length();

    /// Writes the option's data, which follows type and length.
    void encodeData(ByteBuffer out);

    /// An Ethernet address (section 4.6.1).
    ///
    /// @param isTarget whether it is the target's and not the sender's
    /// @param address the address
    record LinkLayerAddress(boolean isTarget, MacAddress address) implements NeighbourOption {
        @Override
        public int type() {
            return isTarget ? NeighbourOptions.TARGET_ADDRESS : NeighbourOptions.SOURCE_ADDRESS;
        }

        @Override
        public int length() {
            return 8;
        }

        @Override
        public void encodeData(ByteBuffer out) {
            Fields.put48(out, address.value());
        }
    }

    /// A prefix that is on the link or that hosts make addresses from (section 4.6.2).
    ///
    /// @param lengthBits 0 to 255; sensible up to 128
    /// @param flags [#ON_LINK], [#AUTONOMOUS] and others
    /// @param validSeconds 0 to 2³²-1, which means for ever
    /// @param preferredSeconds likewise
    /// @param prefix the bits after its length are ignored
    record PrefixInformation(
            int lengthBits,
            int flags,
            long validSeconds,
            long preferredSeconds,
            Inet6Address prefix)
            implements NeighbourOption {
        /// Addresses of this prefix are neighbours.
        public static final int ON_LINK = 0x80;

        /// Hosts make addresses from this prefix (RFC 4862).
        public static final int AUTONOMOUS = 0x40;

        public PrefixInformation {
            Fields.check("prefix length", lengthBits, 8);
            Fields.check("flags", flags, 8);
            Fields.check("valid lifetime", validSeconds, 32);
            Fields.check("preferred lifetime", preferredSeconds, 32);
        }

        @Override
        public int type() {
            return NeighbourOptions.PREFIX_INFORMATION;
        }

        @Override
        public int length() {
            return 32;
        }

        @Override
        public void encodeData(ByteBuffer out) {
            out.put((byte) lengthBits).put((byte) flags);
            out.putInt((int) validSeconds).putInt((int) preferredSeconds).putInt(0);
            out.put(prefix.getAddress());
        }
    }

    /// The link's MTU (section 4.6.4).
    ///
    /// @param bytes 0 to 2³²-1
    record Mtu(long bytes) implements NeighbourOption {
        public Mtu {
            Fields.check("MTU", bytes, 32);
        }

        @Override
        public int type() {
            return NeighbourOptions.MTU;
        }

        @Override
        public int length() {
            return 8;
        }

        @Override
        public void encodeData(ByteBuffer out) {
            out.putShort((short) 0).putInt((int) bytes);
        }
    }

    /// Any other option, or a known one of unusual length.
    ///
    /// @param type 0 to 255
    /// @param data what follows type and length: six bytes, then whole units of eight
    record Unknown(int type, Slice data) implements NeighbourOption {
        public Unknown {
            Fields.check("option type", type, 8);
            Fields.checkLength("option", data.length(), 255 * NeighbourOptions.UNIT - 2);
            if (data.length() % NeighbourOptions.UNIT != NeighbourOptions.UNIT - 2) {
                throw new IllegalArgumentException(
                        "option must fill units of eight bytes: " + data.length());
            }
            data = data.copy();
        }

        @Override
        public int length() {
            return 2 + data.length();
        }

        @Override
        public void encodeData(ByteBuffer out) {
            data.writeTo(out);
        }
    }
}
