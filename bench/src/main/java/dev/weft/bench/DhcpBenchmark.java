package dev.weft.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// The plugin `dhcp` executed as another plugin executes it, beside the reference plugin: what an
/// addition takes once the server has said its last word, and what held leases cost.
final class DhcpBenchmark implements Benchmark {
    private static final Target TWENTY_MILLISECONDS = new Target.Time(20_000_000);

    private final Path peers;

    /// @param peers where the compiled peers are
    DhcpBenchmark(Path peers) {
        this.peers = peers;
    }

    @Override
    public String name() {
        return "dhcp";
    }

    @Override
    public String description() {
        return "get leases of dnsmasq and hold them, beside the reference plugin";
    }

    @Override
    public List<Comparison> run(Scale scale, Consumer<String> progress) {
        boolean isComplete =
                Files.isExecutable(CniPlugins.REFERENCE.directory().resolve("dhcp"))
                        && Files.isExecutable(Path.of("/usr/sbin/dnsmasq"));
        if (!isComplete) {
            progress.accept("left out: containernetworking-plugins or dnsmasq are not installed");
            return List.of();
        }
        progress.accept("starting the agent and the reference plugin's daemon");
        try (CniPlaces places = CniPlaces.make(peers);
                CniAgent agent = CniAgent.start(places.memory());
                ReferenceDaemon daemon = ReferenceDaemon.start(places.memory());
                DhcpLink link = open(scale.cni().leases(), places.memory())) {
            CniPlugins plugins = agent.plugins();
            DhcpPeer ours = new DhcpPeer(plugins, "ours", plugins.agent(), "");
            return new Run(scale, progress, link, ours, daemon.plugin()).comparisons();
        }
    }

    private static DhcpLink open(int leases, Path directory) {
        return DhcpLink.open(leases, directory.resolve("server.leases"));
    }

    /// The reference plugin's holder of leases.
    private record ReferenceDaemon(Process process, Path socket) implements AutoCloseable {
        static ReferenceDaemon start(Path directory) {
            Path socket = directory.resolve("reference.sock");
            try {
                Process process =
                        new ProcessBuilder(
                                        CniPlugins.REFERENCE.directory().resolve("dhcp").toString(),
                                        "daemon",
                                        "-socketpath",
                                        socket.toString())
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .redirectError(directory.resolve("reference.log").toFile())
                                .start();
                while (process.isAlive() && !Files.exists(socket)) {
                    Thread.onSpinWait();
                }
                return new ReferenceDaemon(process, socket);
            } catch (IOException refused) {
                throw new UncheckedIOException("cannot start the reference's daemon", refused);
            }
        }

        DhcpPeer plugin() {
            return new DhcpPeer(
                    CniPlugins.REFERENCE,
                    "theirs",
                    process.pid(),
                    ", \"daemonSocketPath\": \"" + socket + '"');
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    /// What an addition took.
    private record Added(Samples whole, Samples beyondAnswer) {}

    /// The benchmark while its processes run.
    private record Run(
            Scale scale, Consumer<String> progress, DhcpLink link, DhcpPeer ours, DhcpPeer theirs) {

        List<Comparison> comparisons() {
            progress.accept(scale.cni().rounds() + " rounds");
            take(1);
            List<Turn<Added>> turns = take(scale.cni().rounds());
            int leases = scale.cni().leases();
            progress.accept(leases + " leases");
            return List.of(
                    new Comparison(
                            "dhcp: add, beyond the server's answer",
                            CniBenchmark.REFERENCE,
                            TWENTY_MILLISECONDS,
                            Turn.rounds(turns, Added::beyondAnswer)),
                    new Comparison(
                            "dhcp: add",
                            CniBenchmark.REFERENCE,
                            new Target.None(),
                            Turn.rounds(turns, Added::whole)),
                    new Comparison(
                            "dhcp: memory, PSS, of " + leases + " leases",
                            CniBenchmark.REFERENCE,
                            new Target.None(),
                            List.of(new Round(growth(ours, leases), growth(theirs, leases))),
                            Unit.BYTES));
        }

        private List<Turn<Added>> take(int rounds) {
            return Turn.take(rounds, () -> add(ours), () -> add(theirs));
        }

        private Added add(DhcpPeer peer) {
            int count = Math.min(scale.cni().containers(), scale.cni().leases());
            long[] whole = new long[count];
            long[] beyond = new long[count];
            for (int i = 0; i < count; i++) {
                long start = System.nanoTime();
                long end = peer.call("ADD", i, link.namespace(i));
                whole[i] = System.nanoTime() - start;
                beyond[i] = end - link.lastAnswerNanoseconds();
                peer.call("DEL", i, link.namespace(i));
            }
            return new Added(Samples.of(whole), Samples.of(beyond));
        }

        /// What the holder needs more of memory; never less than nothing.
        private Samples growth(DhcpPeer peer, int leases) {
            long before = peer.memoryBytes();
            IntStream.range(0, leases).forEach(i -> peer.call("ADD", i, link.namespace(i)));
            long growth = peer.memoryBytes() - before;
            IntStream.range(0, leases).forEach(i -> peer.call("DEL", i, link.namespace(i)));
            return Samples.of(Math.max(1, growth));
        }
    }
}
