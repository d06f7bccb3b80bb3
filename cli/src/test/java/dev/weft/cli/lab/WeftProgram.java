package dev.weft.cli.lab;

import dev.weft.cli.Main;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `weft` as a user has it: a program of its own that anybody may read.
public final class WeftProgram {
    /// A run takes two seconds; this only ends one that hangs.
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /// A user without any right (`nobody`).
    private static final String USER = "65534";

    private final List<String> command;

    private WeftProgram(List<String> command) {
        this.command = List.copyOf(command);
    }

    /// Copies the program to a directory, with a start-up cache, without which each start takes
    /// twice as long.
    public static WeftProgram installIn(Path directory) throws IOException {
        Path built = Path.of(System.getenv("WEFT_ROOT"), "cli", "target", "weft.jar");
        Path jar = Files.copy(built, directory.resolve("weft.jar"));
        Path cache = directory.resolve("weft.aot");
        List<String> training = java("-XX:AOTCacheOutput=" + cache, jar);
        training.addAll(List.of("lab", "bridge", "--json"));
        Command.of(training.toArray(String[]::new)).within(LIMIT).run().orFail();
        Command.run("chmod", "-R", "a+rX", directory.toString()).orFail();
        return new WeftProgram(java("-XX:AOTCache=" + cache, jar));
    }

    private static List<String> java(String flag, Path jar) {
        return new ArrayList<>(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        flag,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        jar.toString(),
                        Main.class.getName()));
    }

    /// Whether there is another user here than root.
    static boolean hasOrdinaryUser() {
        return Command.run(asUser("true").toArray(String[]::new)).exit() == 0;
    }

    /// A command as an ordinary user.
    static List<String> asUser(String... command) {
        return Stream.concat(
                        Stream.of(
                                "setpriv",
                                "--reuid=" + USER,
                                "--regid=" + USER,
                                "--clear-groups",
                                "--"),
                        Stream.of(command))
                .toList();
    }

    /// The same program, begun by an ordinary user.
    WeftProgram byOrdinaryUser() {
        return new WeftProgram(asUser(command.toArray(String[]::new)));
    }

    /// Its command line.
    List<String> with(String... arguments) {
        return Stream.concat(command.stream(), Stream.of(arguments)).toList();
    }

    /// Its command line in a shell script.
    String inShell(String... arguments) {
        return with(arguments).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
    }

    /// Runs it to its end, with nothing on its standard input.
    Command.Result run(String... arguments) {
        return Command.of(with(arguments).toArray(String[]::new)).within(LIMIT).run();
    }

    /// Starts it, with every signal having its usual effect: what a shell starts in the background
    /// ignores interrupts, and so would this.
    ///
    /// @param input what it reads
    public Process start(ProcessBuilder.Redirect input, Path directory, String... arguments)
            throws IOException {
        List<String> argv = new ArrayList<>(List.of("env", "--default-signal"));
        argv.addAll(with(arguments));
        return new ProcessBuilder(argv)
                .redirectInput(input)
                .redirectErrorStream(true)
                .directory(directory.toFile())
                .start();
    }

    /// The exit code of one that was started, which has to end soon.
    public static int exitCode(Process run) throws InterruptedException {
        if (!run.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            run.destroyForcibly();
            throw new AssertionError("still running after " + LIMIT);
        }
        return run.exitValue();
    }

    /// A script around it, to its end.
    static Command.Result shell(String script) {
        return Command.of("sh", "-c", script).within(LIMIT).run();
    }

    /// A directory in which everybody may write.
    static Path commonDirectory(Path directory) throws IOException {
        Path common = Files.createDirectory(directory.resolve("my files"));
        Command.run("chmod", "777", common.toString()).orFail();
        return common;
    }
}
