package dev.weft.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weft.cli.lab.LabRun.Audience;
import dev.weft.cli.lab.LabRun.Report;
import dev.weft.cli.lab.Sighting.Direction;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LabKernelIT {
    static List<Lab> labs() {
        return Lab.all();
    }

    @ParameterizedTest
    @MethodSource("labs")
    void run_ofEveryLab_goesAsExpected(Lab lab) {
        Report report = run(lab);

        assertThat(report.outcomes()).hasSameSizeAs(lab.situations());
        assertThat(report.outcomes())
                .allSatisfy(outcome ->
                        assertThat(outcome.observation().asExpected())
                                .as(outcome.situation().key())
                                .isTrue());
    }

    @Test
    void bridge_withMasquerade_rewritesTheSourceAtTheUplinkAlone() {
        Report report = run(BridgeLab.LAB);

        Trail request = trail(report, "outside-with-nat", "echo request");
        assertThat(request.hops())
                .filteredOn(hop -> hop.changes().stream().anyMatch(Change.Source.class::isInstance))
                .singleElement()
                .satisfies(hop -> {
                    assertThat(hop.isAt("host", "eth0", Direction.OUT)).isTrue();
                    assertThat(hop.source()).isEqualTo("192.168.245.168");
                });
        Trail reply = trail(report, "outside-with-nat", "echo reply");
        assertThat(reply.hops().getLast().isAt("c1", "eth0", Direction.IN)).isTrue();
        assertThat(reply.hops().getLast().destination()).isEqualTo("172.17.0.2");
    }

    @Test
    void bridge_betweenContainers_passesNeitherUplinkNorTheBridgeItself() {
        assertThat(trail(run(BridgeLab.LAB), "c1-to-c2", "echo request").hops())
                .extracting(Trail.Hop::node, Trail.Hop::device)
                .containsExactly(
                        tuple("c1", "eth0"),
                        tuple("host", "c1"),
                        tuple("host", "c2"),
                        tuple("c2", "eth0"));
    }

    @Test
    void run_leavesNoNamespaceOpen() throws IOException {
        long self = ProcessHandle.current().pid();
        Set<String> before = NamespaceDescriptors.of(self);

        run(VethLab.LAB);

        assertThat(NamespaceDescriptors.of(self)).isEqualTo(before);
    }

    @Test
    void pcap_ofALab_isReadByWireshark(@TempDir Path directory) throws IOException {
        Report report = run(VethLab.LAB);

        Path file = PcapFile.write(directory, "veth", report.seen());

        String interfaces =
                Command.run(
                                "tshark",
                                "-r",
                                file.toString(),
                                "-T",
                                "fields",
                                "-e",
                                "frame.interface_name")
                        .orFail()
                        .stdout();
        assertThat(interfaces.lines().distinct()).contains("host/lo", "host/veth0", "host/veth1");
        assertThat(interfaces.lines()).hasSameSizeAs(report.seen());
    }

    private static Trail trail(Report report, String situation, String summary) {
        return report.outcomes().stream()
                .filter(outcome -> outcome.situation().key().equals(situation))
                .flatMap(outcome -> outcome.observation().trails().stream())
                .filter(trail -> trail.flow().summary().startsWith(summary))
                .findFirst()
                .orElseThrow();
    }

    private static Report run(Lab lab) {
        try (LabRun run = new LabRun(lab)) {
            return run.run(new Audience() {});
        }
    }
}
