package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// `weftd`, as somebody starts it.
final class AgentProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path log;

    private AgentProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Starts one, and waits until it is ready.
    ///
    /// @param directory with its sockets and its state
    /// @param settings the configuration file
    /// @param flags of the JVM
    static AgentProcess start(Path directory, String settings, String... flags) throws IOException {
        AgentProcess agent = begin(directory, settings, flags);
        BufferedReader output = agent.process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null || !line.startsWith("weftd is ready")) {
            throw new AssertionError("the agent said " + line + "\n" + agent.log());
        }
        return agent;
    }

    /// Starts one.
    static AgentProcess begin(Path directory, String settings, String... flags) throws IOException {
        Path file = directory.resolve("weftd.json");
        Files.writeString(file, settings);
        List<String> command = TrainedPrograms.agent(flags);
        command.addAll(List.of("--config", file.toString()));
        command.addAll(List.of("--run-dir", directory.resolve("run").toString()));
        command.addAll(List.of("--state-dir", directory.resolve("state").toString()));
        Path log = Files.createTempFile(directory, "weftd", ".log");
        return new AgentProcess(
                new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
    }

    /// What it has logged.
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Tells it to stop, as systemd does.
    AgentProcess terminate() {
        process.destroy();
        return this;
    }

    /// How many descriptors it has open.
    int descriptors() {
        return opened().size();
    }

    /// How many network namespaces it keeps alive.
    int namespaces() {
        return (int) opened().stream().filter(file -> file.startsWith("net:")).distinct().count();
    }

    int threads() {
        return list("task").size();
    }

    private List<String> opened() {
        List<String> targets = new ArrayList<>();
        for (Path descriptor : list("fd")) {
            try {
                targets.add(Files.readSymbolicLink(descriptor).toString());
            } catch (IOException _) {
                // It was closed meanwhile.
            }
        }
        return targets;
    }

    private List<Path> list(String part) {
        Path all = Path.of("/proc", Long.toString(process.pid()), part);
        try (Stream<Path> found = Files.list(all)) {
            return found.toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The exit code, once it has ended.
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("the agent ends: %s", log())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
