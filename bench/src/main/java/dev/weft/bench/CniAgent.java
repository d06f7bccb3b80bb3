package dev.weft.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Weft's agent and its plugins, started from this checkout.
final class CniAgent implements AutoCloseable {
    private static final String WEFT = "./weft";
    private static final int KIBIBYTE = 1024;

    private final Path directory;
    private final Process process;
    private final BufferedReader output;

    private CniAgent(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        this.output = process.inputReader();
    }

    /// Installs the plugins and starts an agent in the namespaces of this process; it is ready
    /// then.
    ///
    /// @param directory for everything it has
    static CniAgent start(Path directory) {
        Programs.feed("", WEFT, "install-cni", "--bin-dir", binaries(directory).toString());
        try {
            Process process =
                    new ProcessBuilder(
                                    WEFT,
                                    "agent",
                                    "--run-dir",
                                    sockets(directory).toString(),
                                    "--state-dir",
                                    directory.resolve("state").toString())
                            .redirectError(log(directory).toFile())
                            .start();
            CniAgent agent = new CniAgent(directory, process);
            agent.awaitReady();
            return agent;
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot start the agent", refused);
        }
    }

    private static Path binaries(Path directory) {
        return directory.resolve("bin");
    }

    private static Path sockets(Path directory) {
        return directory.resolve("run");
    }

    private static Path log(Path directory) {
        return directory.resolve("agent.log");
    }

    private void awaitReady() throws IOException {
        if (output.readLine() == null) {
            close();
            throw new IllegalStateException("the agent ended: " + Files.readString(log(directory)));
        }
    }

    /// The plugins, served by this agent.
    CniPlugins plugins() {
        return new CniPlugins(
                process.pid(), binaries(directory), List.of("WEFT_RUN_DIR=" + sockets(directory)));
    }

    /// The plugins, with no agent to be found.
    CniPlugins oneShot() {
        return new CniPlugins(
                0,
                binaries(directory),
                List.of(
                        "WEFT_RUN_DIR=" + directory.resolve("nowhere"),
                        "WEFT_STATE_DIR=" + directory.resolve("state-one-shot")));
    }

    /// What it has in memory.
    ///
    /// @param kind `Rss`, all of it; or `Pss`, what is shared counted in shares
    Samples memory(String kind) {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/smaps_rollup"))) {
            String line = lines.filter(one -> one.startsWith(kind + ":")).findFirst().orElseThrow();
            return Samples.of(Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE);
        } catch (IOException gone) {
            throw new UncheckedIOException("the agent ended", gone);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
