package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.testkit.Command;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Our one-line printer beside tcpdump's on the same capture.
final class TcpdumpInteropIT {
    /// Where tcpdump adds a dump in hexadecimal, a column of its own, or nothing at all.
    private static final List<String> DIFFERENT =
            List.of(
                    "unknown ethertype",
                    "unknown ip protocol",
                    "ipv4 first fragment",
                    "ipv6 routing",
                    "icmpv6 unknown type");

    @BeforeAll
    static void tcpdumpIsInstalled() {
        assumeTrue(Command.isInstalled("tcpdump"), "tcpdump is not installed");
    }

    @Test
    void line_isTheOneOfTcpdump() {
        Map<String, byte[]> samples = Samples.all();
        assertThat(samples.keySet().removeAll(DIFFERENT)).isTrue();
        List<String> ours =
                samples.values().stream()
                        .map(frame -> Packet.decode(LinkType.ETHERNET, Slice.of(frame)).toString())
                        .toList();
        assertThat(ours).isEqualTo(tcpdump(Captures.of(samples.values())));
    }

    @Test
    void cutPacket_hasTheLengthThatTcpdumpShows() {
        List<byte[]> cut =
                Stream.of("tcp data", "icmp echo request", "icmpv6 echo request", "udp")
                        .map(Samples::frame)
                        .map(frame -> Arrays.copyOf(frame, frame.length - 3))
                        .toList();
        List<String> ours =
                cut.stream()
                        .map(frame -> Packet.decode(LinkType.ETHERNET, Slice.of(frame)).toString())
                        .map(line -> line.replaceAll(" \\[IP.*", ""))
                        .toList();
        assertThat(ours).isEqualTo(tcpdump(Captures.of(cut)));
    }

    /// An ordinary user's namespace has no other user that tcpdump could become.
    ///
    /// The inner packet of VXLAN has a line of its own there, and a cut is noted elsewhere.
    private static List<String> tcpdump(byte[] capture) {
        String lines =
                Command.of("tcpdump", "-Z", "root", "-nn", "-t", "-S", "-r", "-")
                        .stdin(capture)
                        .run()
                        .orFail()
                        .stdout();
        return lines.replaceAll("truncated-ip6? - \\d+ bytes missing! ?", "")
                .replaceAll("(vni \\d+)\n", "$1: ")
                .lines()
                .toList();
    }
}
