package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.testkit.Command;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our captures in Wireshark's tools, and theirs in our reader.
final class PcapngInteropIT {
    private static final byte[] FRAME =
            Packet.encode(
                    new Ethernet(MacAddress.BROADCAST, Samples.MAC_1, EtherType.ARP),
                    Samples.ARP_REQUEST);
    private static final byte[] RAW =
            Packet.encode(
                    Samples.HELLO,
                    Ipv4.of(Samples.IP_1, Samples.IP_2, IpProtocol.UDP),
                    Samples.UDP);
    private static final long TIME = Captures.MIDNIGHT_NANOSECONDS + 123_456_789;

    @TempDir Path directory;

    @BeforeAll
    static void toolsAreInstalled() {
        for (String tool : List.of("tshark", "capinfos", "editcap")) {
            assumeTrue(Command.isInstalled(tool), tool + " is not installed");
        }
    }

    private static byte[] capture() throws IOException {
        var out = new ByteArrayOutputStream();
        var header = new PcapngBlock.SectionHeader("", "Linux", "Weft", "a whole lab");
        try (var capture = new PcapngWriter(out, header)) {
            int bridge = capture.addInterface("br0", "in namespace host", LinkType.ETHERNET);
            int tunnel = capture.addInterface("tun0", "", LinkType.RAW);
            capture.write(bridge, TIME, Direction.INBOUND, FRAME.length, FRAME, "before NAT");
            capture.write(tunnel, TIME + 1, Direction.OUTBOUND, 1500, RAW, "");
            capture.write(bridge, TIME + 2, Direction.UNKNOWN, FRAME.length, FRAME, "");
            capture.write(new PcapngBlock.InterfaceStatistics(bridge, TIME + 3, 20, 4));
        }
        return out.toByteArray();
    }

    private Path file(byte[] capture) throws IOException {
        return Files.write(directory.resolve("ours.pcapng"), capture);
    }

    @Test
    void capture_showsItsInterfacesInCapinfos() throws IOException {
        String report = Command.run("capinfos", file(capture()).toString()).orFail().stdout();
        assertThat(report)
                .contains("Number of interfaces in file: 2")
                .contains("Number of packets:   3")
                .contains("Capture comment:     a whole lab")
                .contains("Capture oper-sys:    Linux")
                .contains("Capture application: Weft")
                .contains("Name = br0")
                .contains("Description = in namespace host")
                .contains("Encapsulation = Raw IP")
                .contains("Time precision = nanoseconds (9)");
    }

    @Test
    void packet_showsItsCircumstancesInTshark() throws IOException {
        String rows =
                Command.of(
                                "tshark -n -r - -T fields -E separator=| -e frame.interface_name"
                                        .split(" "))
                        .stdin(capture())
                        .run()
                        .orFail()
                        .stdout();
        assertThat(rows.lines()).containsExactly("br0", "tun0", "br0");
        String details =
                Command.of(
                                ("tshark -n -r - -T fields -E separator=| -e frame.time_epoch"
                                                + " -e frame.packet_flags_direction -e frame.len"
                                                + " -e frame.cap_len -e frame.comment")
                                        .split(" "))
                        .stdin(capture())
                        .run()
                        .orFail()
                        .stdout();
        assertThat(details.lines())
                .containsExactly(
                        "1795305600.123456789|0x00000001|42|42|before NAT",
                        "1795305600.123456790|0x00000002|1500|33|",
                        "1795305600.123456791|0x00000000|42|42|");
    }

    @Test
    void captureRewrittenByEditcap_isReadAsWeWroteIt() throws IOException {
        byte[] ours = capture();
        Path rewritten = directory.resolve("theirs.pcapng");
        Command.run("editcap", "-F", "pcapng", file(ours).toString(), rewritten.toString())
                .orFail();
        assertThat(packets(Files.readAllBytes(rewritten))).hasSize(3).isEqualTo(packets(ours));
    }

    @Test
    void captureInMicroseconds_isReadWithItsResolution() throws IOException {
        byte[] frames = Captures.of(List.of(FRAME, FRAME));
        Path classic = directory.resolve("classic.pcap");
        Path back = directory.resolve("back.pcapng");
        Command.run("editcap", "-F", "pcap", file(frames).toString(), classic.toString()).orFail();
        Command.run("editcap", "-F", "pcapng", classic.toString(), back.toString()).orFail();
        assertThat(packets(Files.readAllBytes(back)))
                .extracting(PcapngBlock.EnhancedPacket::timestampNanoseconds)
                .containsExactly(
                        Captures.MIDNIGHT_NANOSECONDS, Captures.MIDNIGHT_NANOSECONDS + 1000);
    }

    private static List<PcapngBlock.EnhancedPacket> packets(byte[] file) throws IOException {
        List<PcapngBlock.EnhancedPacket> packets = new ArrayList<>();
        try (var reader = new PcapngReader(new ByteArrayInputStream(file))) {
            Optional<PcapngBlock> block = reader.next();
            while (block.isPresent()) {
                if (block.get() instanceof PcapngBlock.EnhancedPacket packet) {
                    packets.add(packet);
                }
                block = reader.next();
            }
        }
        return packets;
    }
}
