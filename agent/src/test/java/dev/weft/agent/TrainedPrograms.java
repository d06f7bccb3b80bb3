package dev.weft.agent;

import dev.weft.testkit.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The agent and the one-shot command as they are installed: one jar, and start-up caches, without
/// which each start takes twice as long. They are made when the first test of a run starts one of
/// the two, and serve until the next run.
final class TrainedPrograms {
    private static final Path TARGET = Path.of(System.getenv("WEFT_ROOT"), "agent", "target");
    private static final String JAR = TARGET.resolve("weftd.jar").toString();
    private static final Path CACHES = made();

    private TrainedPrograms() {}

    private static Path made() {
        try {
            Path caches = Files.createDirectories(TARGET.resolve("trained"));
            Path scratch = Files.createTempDirectory(caches, "run");
            train(
                    caches.resolve("agent.aot"),
                    "dev.weft.agent.Agent",
                    "--train",
                    "--run-dir",
                    scratch.resolve("run").toString(),
                    "--state-dir",
                    scratch.resolve("state").toString());
            train(caches.resolve("oneshot.aot"), "dev.weft.agent.OneShot", "--train");
            Command.run("rm", "-r", scratch.toString()).orFail();
            return caches;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void train(Path cache, String main, String... arguments) {
        List<String> command = java("-XX:AOTCacheOutput=" + cache, "-cp", JAR, main);
        command.addAll(List.of(arguments));
        Command.run(command.toArray(String[]::new)).orFail();
    }

    private static List<String> java(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx96m",
                        "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(words));
        return command;
    }

    /// What starts the agent.
    ///
    /// @param flags of the JVM
    static List<String> agent(String... flags) {
        return program("agent", "dev.weft.agent.Agent", flags);
    }

    /// What starts the one-shot command.
    static List<String> oneShot() {
        return program("oneshot", "dev.weft.agent.OneShot");
    }

    private static List<String> program(String cache, String main, String... flags) {
        List<String> command = java("-XX:AOTCache=" + CACHES.resolve(cache + ".aot"));
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", JAR, main));
        return command;
    }
}
