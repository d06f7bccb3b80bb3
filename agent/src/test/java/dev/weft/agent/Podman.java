package dev.weft.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// podman with its CNI backend, everything of its own below a directory, and one image.
final class Podman implements AutoCloseable {
    private static final String SETTINGS =
            """
            [network]
            network_backend = "cni"
            cni_plugin_dirs = ["PLUGINS"]
            network_config_dir = "DIRECTORY/net.d"
            [engine]
            cgroup_manager = "cgroupfs"
            runtime = "runc"
            events_logger = "none"
            tmp_dir = "DIRECTORY/tmp"
            static_dir = "DIRECTORY/static"
            volume_path = "DIRECTORY/volumes"
            """;

    /// The test's own /sys, of its network namespace, has no control groups. What podman mounts for
    /// one command is needed by the next: so one process keeps the mounts.
    private static final String KEEP_MOUNTS = "umount /sys; echo ready; exec cat";

    private final Path directory;
    private final Map<String, String> environment;
    private final Process mounts;

    private Podman(Path directory, Map<String, String> environment, Process mounts) {
        this.directory = directory;
        this.environment = environment;
        this.mounts = mounts;
    }

    /// Prepares one.
    ///
    /// @param directory for its files
    /// @param node whose plugins it executes
    /// @param network the default one
    static Podman in(Path directory, Node node, String network) throws IOException {
        Path networks = Files.createDirectories(directory.resolve("net.d"));
        Files.writeString(networks.resolve("87-podman.conflist"), network);
        Files.createDirectory(directory.resolve("tmp"));
        Files.writeString(
                directory.resolve("containers.conf"),
                SETTINGS.replace("DIRECTORY", directory.toString())
                        .replace("PLUGINS", node.plugins().toString()));
        Process mounts = new ProcessBuilder("unshare", "--mount", "sh", "-c", KEEP_MOUNTS).start();
        mounts.inputReader(UTF_8).readLine();
        Podman podman = new Podman(directory, node.environment(), mounts);
        try {
            Path image = BusyboxImage.in(directory.resolve("image"));
            podman.run("load", "-i", image.toString()).orFail();
            return podman;
        } catch (IOException | AssertionError failed) {
            podman.close();
            throw failed;
        }
    }

    /// Runs one of its commands.
    Command.Result run(String... words) {
        List<String> argv = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> argv.add(name + "=" + value));
        argv.add("CONTAINERS_CONF=" + directory.resolve("containers.conf"));
        argv.addAll(List.of("nsenter", "--mount=/proc/" + mounts.pid() + "/ns/mnt"));
        argv.addAll(List.of("podman", "--root", directory.resolve("root").toString()));
        argv.addAll(List.of("--runroot", directory.resolve("run").toString()));
        argv.addAll(List.of("--storage-driver", "vfs", "--runtime", "runc"));
        argv.add("--cgroup-manager=cgroupfs");
        argv.addAll(List.of(words));
        return Command.run(argv.toArray(String[]::new));
    }

    /// Waits until none of its processes is there: it cleans up behind containers in such.
    void awaitEnd() {
        List<ProcessHandle> left = processes();
        while (!left.isEmpty()) {
            left.forEach(process -> process.onExit().join());
            left = processes();
        }
    }

    private List<ProcessHandle> processes() {
        String mark = directory.resolve("root").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(mark))
                .toList();
    }

    @Override
    public void close() {
        mounts.destroyForcibly().onExit().join();
    }
}
