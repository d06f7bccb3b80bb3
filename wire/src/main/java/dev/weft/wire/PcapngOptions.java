package dev.weft.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The options of one block by code, in its section's byte order.
record PcapngOptions(Map<Integer, Slice> byCode, ByteOrder order) {
    PcapngOptions {
        byCode = Map.copyOf(byCode);
    }

    /// A text; empty when missing.
    String text(int code) {
        byte[] bytes = byCode.getOrDefault(code, Slice.EMPTY).toByteArray();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// A number of 1 to 8 bytes; 0 when missing.
    ///
    /// @throws MalformedPacketException when it has another size
    long number(int code, int size) {
        Slice value = byCode.get(code);
        if (value == null) {
            return 0;
        }
        Require.equal("pcapng option " + code, "length", 2, size, value.length());
        ByteBuffer bytes = ByteBuffer.wrap(value.toByteArray()).order(order);
        return switch (size) {
            case Byte.BYTES -> bytes.get() & 0xff;
            case Integer.BYTES -> bytes.getInt() & 0xffff_ffffL;
            default -> bytes.getLong();
        };
    }

    /// A count of 8 bytes; -1 when missing or beyond 2⁶³-1.
    long count(int code) {
        return byCode.containsKey(code) ? Math.max(-1, number(code, Long.BYTES)) : -1;
    }
}
