package dev.weft.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.linux.link.Link;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NamedNamespaces;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.testkit.Command;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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
        for (String peer : List.of("container_peer", "dump_peer", "program_peer")) {
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
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE)) {
            assertThat(new Links(socket).list()).extracting(Link::name).containsExactly("lo");
        }
    }
}
