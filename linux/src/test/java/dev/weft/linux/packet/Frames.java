package dev.weft.linux.packet;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// Frames to send, as small as the tests need them.
final class Frames {
    static final int ARP = 0x0806;
    static final int EXPERIMENTAL = 0x88b5;

    private Frames() {}

    /// A broadcast of an EtherType with a payload.
    static byte[] broadcast(int etherType, int payloadBytes) {
        return to("ffffffffffff", etherType, new byte[payloadBytes]);
    }

    static byte[] to(String destination, int etherType, byte[] payload) {
        return ByteBuffer.allocate(14 + payload.length)
                .put(HexFormat.of().parseHex(destination))
                .put(HexFormat.of().parseHex("020000000001"))
                .putShort((short) etherType)
                .put(payload)
                .array();
    }

    /// An IPv4 header without options, checksum left out, then the payload's protocol alone.
    static byte[] ipv4(int protocol) {
        return ByteBuffer.allocate(20)
                .put(0, (byte) 0x45)
                .put(3, (byte) 20)
                .put(9, (byte) protocol)
                .array();
    }

    static byte[] ipv6(int nextHeader) {
        return ByteBuffer.allocate(40).put(0, (byte) 0x60).put(6, (byte) nextHeader).array();
    }
}
