package dev.weft.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.bench.CniRuntime.Containers;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NamedNamespaces;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.testkit.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The benchmarks themselves, at their smallest.
final class BenchKernelIT {
    private static final Path SOURCES = Path.of("src/main/c");

    @TempDir static Path peers;

    @BeforeAll
    static void compilePeers() {
        assumeTrue(Command.isInstalled("cc"), "no C compiler is installed");
        for (String peer : List.of("container_peer", "dump_peer", "program_peer", "runtime_peer")) {
            Command.run(
                            "cc",
                            "-o",
                            peers.resolve(peer).toString(),
                            SOURCES.resolve(peer + ".c").toString())
                    .orFail();
        }
    }

    @BeforeEach
    void requirePrograms() {
        for (String program : List.of("ip", "nft", "iptables")) {
            assumeTrue(Command.isInstalled(program), program + " is not installed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"container", "nat", "dump", "reading"})
    void benchmark_runsAndLeavesNothing(String name) {
        Benchmark benchmark =
                Main.benchmarks(peers).stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow();

        List<Comparison> comparisons = benchmark.run(Scale.SMOKE, step -> {});

        assertThat(Report.table(comparisons)).contains(comparisons.getFirst().work());
        assertThat(NamedNamespaces.list()).isEmpty();
        assertThat(Command.run("nft", "list", "tables").orFail().stdout()).doesNotContain("bench");
        assertThat(links()).containsExactly("lo");
    }

    private static List<String> links() {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE)) {
            return new Links(socket).list().stream().map(Link::name).toList();
        }
    }

    /// With the reference plugins alone: an agent is built by the launcher, which no test waits
    /// for.
    @Test
    void runtime_executesListsForManyCallers(@TempDir Path leases) {
        assumeTrue(
                Files.isExecutable(CniPlugins.REFERENCE.directory().resolve("portmap")),
                "containernetworking-plugins are not installed");
        try (CniRuntime runtime = CniRuntime.start(peers)) {
            runtime.haveNamespaces(4);
            CniRuntime.Network network =
                    runtime.network(
                            CniPlugins.REFERENCE,
                            new CniNetwork(
                                    CniNetwork.Form.PUBLISHED, "bench0", "10.99.0.0/24", leases));
            Containers all = new Containers(0, 4, 2);

            CniCalls added = network.add(all);

            assertThat(added.wall().count()).isEqualTo(4);
            assertThat(added.cpuNanoseconds()).isPositive();
            assertThat(links()).hasSize(6).contains("lo", "bench0");
            assertThat(leases.resolve("bench0/10.99.0.5")).exists();
            assertThat(Command.run("iptables", "-t", "nat", "-S").orFail().stdout())
                    .contains("--dport 20000 ", "--dport 20003 ", "10.99.0.5:80");
            network.delete(all);
            network.settle();
            assertThat(links()).containsExactlyInAnyOrder("lo", "bench0");
            assertThat(leases.resolve("bench0/10.99.0.5")).doesNotExist();
        } finally {
            Command.run("ip", "link", "delete", "bench0");
        }
    }
}
