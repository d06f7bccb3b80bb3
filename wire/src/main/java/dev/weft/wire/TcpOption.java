package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.List;

/// One option of a TCP header (RFC 9293 section 3.2). The end-of-list option is not part of a list
/// but its padding.
public sealed interface TcpOption {
    /// The option's kind number.
    int kind();

    /// The number of bytes on the wire.
    int length();

    /// Writes the option's data, which follows kind and length.
    void encodeData(ByteBuffer out);

    /// A filler of one byte.
    record NoOperation() implements TcpOption {
        @Override
        public int kind() {
            return TcpOptions.NO_OPERATION;
        }

        @Override
        public int length() {
            return 1;
        }

        @Override
        public void encodeData(ByteBuffer out) {}
    }

    /// The largest segment the sender takes (RFC 9293 section 3.7.1).
    ///
    /// @param bytes 0 to 65535
    record MaximumSegmentSize(int bytes) implements TcpOption {
        public MaximumSegmentSize {
            Fields.check("maximum segment size", bytes, 16);
        }

        @Override
        public int kind() {
            return TcpOptions.MAXIMUM_SEGMENT_SIZE;
        }

        @Override
        public int length() {
            return 4;
        }

        @Override
        public void encodeData(ByteBuffer out) {
            out.putShort((short) bytes);
        }
    }

    /// How far the sender's windows are shifted (RFC 7323 section 2).
    ///
    /// @param shift 0 to 255; receivers take more than 14 as 14
    record WindowScale(int shift) implements TcpOption {
        public WindowScale {
            Fields.check("window scale", shift, 8);
        }

        @Override
        public int kind() {
            return TcpOptions.WINDOW_SCALE;
        }

        @Override
        public int length() {
            return 3;
        }

        @Override
        public void encodeData(ByteBuffer out) {
            out.put((byte) shift);
        }
    }

    /// The sender understands selective acknowledgements (RFC 2018 section 2).
    record SackPermitted() implements TcpOption {
        @Override
        public int kind() {
            return TcpOptions.SACK_PERMITTED;
        }

        @Override
        public int length() {
            return 2;
        }

        @Override
        public void encodeData(ByteBuffer out) {}
    }

    /// Blocks received beyond a gap (RFC 2018 section 3).
    ///
    /// @param blocks one to four
    record Sack(List<Block> blocks) implements TcpOption {
        /// Received bytes.
        ///
        /// @param left the first sequence number
        /// @param right the sequence number after the last
        public record Block(long left, long right) {
            static final int LENGTH = 8;

            public Block {
                Fields.check("left edge", left, 32);
                Fields.check("right edge", right, 32);
            }
        }

        public Sack {
            blocks = List.copyOf(blocks);
            if (blocks.isEmpty() || blocks.size() > 4) {
                throw new IllegalArgumentException("one to four SACK blocks: " + blocks.size());
            }
        }

        @Override
        public int kind() {
            return TcpOptions.SACK;
        }

        @Override
        public int length() {
            return 2 + blocks.size() * Block.LENGTH;
        }

        @Override
        public void encodeData(ByteBuffer out) {
            blocks.forEach(block -> out.putInt((int) block.left).putInt((int) block.right));
        }
    }

    /// The sender's clock and an echo of the receiver's (RFC 7323 section 3).
    ///
    /// @param value the sender's time stamp
    /// @param echo the last one received; 0 without ACK
    record Timestamps(long value, long echo) implements TcpOption {
        public Timestamps {
            Fields.check("time stamp", value, 32);
            Fields.check("time stamp echo", echo, 32);
        }

        @Override
        public int kind() {
            return TcpOptions.TIMESTAMPS;
        }

        @Override
        public int length() {
            return 10;
        }

        @Override
        public void encodeData(ByteBuffer out) {
            out.putInt((int) value).putInt((int) echo);
        }
    }

    /// Any other option, or a known one of unusual length.
    ///
    /// @param kind 2 to 255
    /// @param data what follows kind and length, up to 38 bytes
    record Unknown(int kind, Slice data) implements TcpOption {
        public Unknown {
            Fields.check("TCP option kind", kind, 8);
            Fields.checkLength("TCP option", data.length(), Tcp.MOST_OPTION_BYTES - 2);
            if (kind <= TcpOptions.NO_OPERATION) {
                throw new IllegalArgumentException("TCP option without length: " + kind);
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
