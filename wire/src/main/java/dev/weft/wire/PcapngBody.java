package dev.weft.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The body of one block while it is put together, little-endian.
final class PcapngBody {
    private static final int MOST_OPTION_BYTES = 0xffff;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    PcapngBody u16(int value) {
        body.writeBytes(littleEndian(Short.BYTES).putShort((short) value).array());
        return this;
    }

    PcapngBody u32(long value) {
        body.writeBytes(littleEndian(Integer.BYTES).putInt((int) value).array());
        return this;
    }

    /// A time stamp: the upper half goes first, in either byte order (section 4.3).
    PcapngBody timestamp(long value) {
        return u32(value >>> 32).u32(value);
    }

    PcapngBody padded(byte[] bytes) {
        body.writeBytes(bytes);
        body.writeBytes(
                new byte[Fields.aligned(bytes.length, PcapngFormat.ALIGNMENT) - bytes.length]);
        return this;
    }

    PcapngBody option(int code, byte[] value) {
        Fields.checkLength("pcapng option", value.length, MOST_OPTION_BYTES);
        return u16(code).u16(value.length).padded(value);
    }

    /// A text option, left out when empty.
    PcapngBody option(int code, String text) {
        return text.isEmpty() ? this : option(code, text.getBytes(StandardCharsets.UTF_8));
    }

    PcapngBody option32(int code, int value) {
        return option(code, littleEndian(Integer.BYTES).putInt(value).array());
    }

    /// A count, left out when unknown.
    PcapngBody option64(int code, long value) {
        return value < 0 ? this : option(code, littleEndian(Long.BYTES).putLong(value).array());
    }

    PcapngBody endOfOptions() {
        return u16(PcapngFormat.END_OF_OPTIONS).u16(0);
    }

    /// Writes the whole block.
    void writeTo(OutputStream out, int type) throws IOException {
        int length = body.size() + PcapngFormat.BLOCK_OVERHEAD_BYTES;
        out.write(littleEndian(2 * Integer.BYTES).putInt(type).putInt(length).array());
        body.writeTo(out);
        out.write(littleEndian(Integer.BYTES).putInt(length).array());
    }
}
