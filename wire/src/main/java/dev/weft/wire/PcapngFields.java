package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/// The body of one block while it is read, field by field, in its section's byte order.
final class PcapngFields {
    private static final String NAME = "pcapng block";

    private final ByteBuffer body;

    PcapngFields(ByteBuffer body) {
        this.body = body;
    }

    private ByteBuffer require(long length) {
        Require.atMost(NAME, "field length", body.position(), body.remaining(), length);
        return body;
    }

    int u16() {
        return require(Short.BYTES).getShort() & 0xffff;
    }

    long u32() {
        return require(Integer.BYTES).getInt() & 0xffff_ffffL;
    }

    /// A time stamp: the upper half comes first, in either byte order (section 4.3).
    long timestamp() {
        return u32() << 32 | u32();
    }

    void skip(int length) {
        require(length).position(body.position() + length);
    }

    /// `length` bytes, and padding after them as far as the block has any.
    Slice padded(long length) {
        require(length);
        Slice bytes = Slice.of(body.array(), body.arrayOffset() + body.position(), (int) length);
        int padded = Fields.aligned((int) length, PcapngFormat.ALIGNMENT);
        skip(Math.min(padded, body.remaining()));
        return bytes;
    }

    /// The options up to their end or the block's; of a repeated one the first (section 3.5).
    PcapngOptions options() {
        Map<Integer, Slice> options = new HashMap<>();
        while (body.hasRemaining()) {
            int code = u16();
            int length = u16();
            if (code == PcapngFormat.END_OF_OPTIONS) {
                break;
            }
            options.putIfAbsent(code, padded(length));
        }
        return new PcapngOptions(options, body.order());
    }
}
