package dev.weft.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.testkit.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// containerd with everything of its own below a directory, and one image.
///
/// `ctr` reads `/etc/cni/net.d` and executes `/opt/cni/bin`, wherever else one would like to have
/// them: so both lie on layers that only this process's mount namespace sees.
final class Containerd implements AutoCloseable {
    private static final String LAYERS =
            """
            set -e
            for place in etc opt; do
                mkdir -p "$1/$place/upper" "$1/$place/work"
                mount -t overlay -o "lowerdir=/$place,upperdir=$1/$place/upper,workdir=$1/$place/work" \\
                    overlay "/$place"
            done
            rm -rf /etc/cni /opt/cni
            mkdir -p /etc/cni/net.d /opt/cni
            ln -s "$2" /opt/cni/bin
            """;

    /// The test's own /sys, of its network namespace, has no control groups.
    private static final String START = "umount /sys; exec containerd -c \"$1\"";

    private final Path directory;
    private final Process process;

    private Containerd(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /// Starts one.
    ///
    /// @param directory for its files
    /// @param layers on a tmpfs
    /// @param plugins which it executes
    /// @param network the only one that it finds
    static Containerd start(Path directory, Path layers, Path plugins, String network)
            throws IOException {
        shell(LAYERS, layers.toString(), plugins.toString()).orFail();
        Files.writeString(Path.of("/etc/cni/net.d/10-weft.conflist"), network);
        Path settings = directory.resolve("config.toml");
        Files.writeString(
                settings,
                """
                version = 2
                root = "%1$s/root"
                state = "%1$s/state"
                disabled_plugins = ["io.containerd.grpc.v1.cri"]
                [grpc]
                  address = "%1$s/containerd.sock"
                """
                        .replace("%1$s", directory.toString()));
        Process process =
                new ProcessBuilder(
                                "unshare", "--mount", "sh", "-c", START, "sh", settings.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Containerd containerd = new Containerd(directory, process);
        try {
            containerd.awaitReady();
            containerd.importImage();
            return containerd;
        } catch (IOException | AssertionError failed) {
            containerd.close();
            throw failed;
        }
    }

    private static Command.Result shell(String script, String... arguments) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        argv.addAll(List.of(arguments));
        return Command.run(argv.toArray(String[]::new));
    }

    private void awaitReady() throws IOException {
        BufferedReader log = process.errorReader(UTF_8);
        StringBuilder said = new StringBuilder();
        String line;
        do {
            line = log.readLine();
            said.append(line).append('\n');
            if (line == null) {
                throw new AssertionError("containerd does not start: " + said);
            }
        } while (!line.contains("successfully booted"));
        Thread.startVirtualThread(() -> drain(log));
    }

    private static void drain(BufferedReader log) {
        try (log) {
            log.lines().forEach(_ -> {});
        } catch (UncheckedIOException | IOException ended) {
            // With the process.
        }
    }

    private void importImage() throws IOException {
        String image = BusyboxImage.in(directory.resolve("image")).toString();
        Command.run("ctr", "-a", socket(), "image", "import", image).orFail();
    }

    private String socket() {
        return directory.resolve("containerd.sock").toString();
    }

    /// Runs a container to its end.
    ///
    /// @param environment of the plugins
    /// @param script what it does
    Command.Result run(String id, List<String> environment, String script) {
        List<String> argv = new ArrayList<>(List.of("env"));
        argv.addAll(environment);
        argv.addAll(List.of("ctr", "-a", socket(), "run", "--rm", "--cni"));
        argv.addAll(List.of("--runc-binary", "runc", "--cgroup", "/weft-test-" + id));
        argv.addAll(List.of(BusyboxImage.NAME, id, "sh", "-c", script));
        return Command.run(argv.toArray(String[]::new));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        shell("umount -l /etc; umount -l /opt").orFail();
    }
}
