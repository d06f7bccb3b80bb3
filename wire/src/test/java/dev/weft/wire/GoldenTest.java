package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Fixed bytes: frames of our own as tshark has accepted them, and frames of Linux 6.18.
///
/// `kernel.pcapng` is what tcpdump captured on a veth between two namespaces, transmit checksum
/// offload switched off (ping with and without fragments over both IP versions, TCP, UDP to a
/// closed port, VXLAN), converted by editcap; `kernel.txt` is what `tcpdump -nn -S -t` says of it,
/// the inner packet of VXLAN on the line of the outer.
final class GoldenTest {
    private static InputStream resource(String name) {
        return Objects.requireNonNull(GoldenTest.class.getResourceAsStream(name), name);
    }

    private static List<String> lines(String name) throws IOException {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static List<Packet> kernelPackets() throws IOException {
        List<Packet> packets = new ArrayList<>();
        try (var capture = new PcapngReader(resource("kernel.pcapng"))) {
            Optional<PcapngBlock> block = capture.next();
            while (block.isPresent()) {
                if (block.get() instanceof PcapngBlock.EnhancedPacket packet) {
                    packets.add(Packet.decode(LinkType.ETHERNET, packet.data()));
                }
                block = capture.next();
            }
        }
        return packets;
    }

    @Test
    void sample_hasItsGoldenBytes() throws IOException {
        List<String> encoded = new ArrayList<>();
        Samples.all().forEach((name, frame) -> encoded.add(name + ": " + Slice.of(frame)));
        assertThat(encoded).isEqualTo(lines("samples.txt"));
    }

    @Test
    void kernelPacket_isPrintedAsTcpdumpDid() throws IOException {
        assertThat(kernelPackets()).map(Packet::toString).isEqualTo(lines("kernel.txt"));
    }

    @Test
    void kernelPacket_hasNoProblemAndNoBadChecksum() throws IOException {
        for (Packet packet : kernelPackets()) {
            assertThat(packet.problems()).as("%s", packet).isEmpty();
            assertThat(packet.layers())
                    .as("%s", packet)
                    .extracting(packet::checksum)
                    .doesNotContain(ChecksumState.BAD);
        }
    }

    @Test
    void kernelPacket_isWhatItsValuesEncodeTo() throws IOException {
        int compared = 0;
        for (Packet packet : kernelPackets()) {
            if (hasOnlyFullChecksums(packet)) {
                Slice bytes = packet.layers().getFirst().bytes();
                assertThat(Slice.of(Packet.encode(packet.payload(), packet.headers())))
                        .as("%s", packet)
                        .isEqualTo(bytes);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(40);
    }

    /// The kernel sends VXLAN without UDP checksum; a fragment's covers more than the fragment.
    private static boolean hasOnlyFullChecksums(Packet packet) {
        return packet.first(Vxlan.View.class).isEmpty()
                && packet.layers().stream()
                        .noneMatch(layer -> packet.checksum(layer) == ChecksumState.UNVERIFIABLE);
    }
}
