package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;

/// Reads whatever a packet from anywhere may be asked for. Only what the contract names may happen.
final class Hostile {
    private Hostile() {}

    static void readEverything(Packet packet) {
        assertThat(packet.toLinkString()).doesNotContain("\n");
        assertThat(packet.layers()).hasSizeLessThanOrEqualTo(Packet.MOST_LAYERS);
        for (Layer layer : packet.layers()) {
            assertThat(layer.payload().length()).isLessThanOrEqualTo(layer.bytes().length());
            assertThat(packet.checksum(layer)).isNotNull();
            readValue(layer);
        }
    }

    /// Options that stood in the place of names come back after them, with the mark of their end.
    private static int roomOfNames(Header value) {
        return value instanceof Dhcpv4 ? 64 + 128 + 1 : 0;
    }

    /// A value that exists encodes again, and to no more bytes.
    private static void readValue(Layer layer) {
        try {
            Header value = layer.value();
            int headerBytes = layer.bytes().length() - layer.payload().length();
            assertThat(value.length()).isLessThanOrEqualTo(headerBytes + roomOfNames(value));
        } catch (MalformedPacketException e) {
            assertThat(e.malformation().offset()).isNotNegative();
        }
    }
}
