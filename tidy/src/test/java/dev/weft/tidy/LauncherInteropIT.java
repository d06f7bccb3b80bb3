package dev.weft.tidy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./weft` in a copy of the checkout, with the real Maven and JDK. Every test leaves a complete
/// build behind that is newer than every source.
final class LauncherInteropIT {

    private static final Duration BUILD = Duration.ofMinutes(3);
    private static final Path MAIN = Path.of("cli/src/main/java/dev/weft/cli/Main.java");
    private static final Path EARLY = Path.of("linux/src/main/java/dev/weft/linux/Errno.java");

    @TempDir private static Path copy;

    /// Of two that started together: the one that waited, and the one that built.
    private static List<Command.Result> firstRuns;

    @BeforeAll
    static void buildForTheFirstTime() throws IOException {
        for (Checkout.TextFile file : Checkout.textFiles()) {
            Path target = copy.resolve(file.path());
            Files.createDirectories(target.resolve(".."));
            Files.copy(Checkout.root().resolve(file.path()), target);
        }
        List<Command.Result> runs =
                Stream.generate(LauncherInteropIT::started).limit(2).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();
        firstRuns = runs.stream().sorted(comparing(LauncherInteropIT::hasBuilt)).toList();
    }

    private static boolean hasBuilt(Command.Result run) {
        return run.stderr().contains("ready in");
    }

    @Test
    void firstRun_buildsAndLeavesStandardOutputToTheProgram() {
        Command.Result run = firstRuns.getLast();
        assertThat(run.orFail().stdout()).matches("weft [0-9.]+(-SNAPSHOT)?\n");
        assertThat(run.stderr()).contains("[1/8] linux").contains("ready in");
    }

    @Test
    void runBesideABuild_waitsForIt() {
        Command.Result run = firstRuns.getFirst();
        assertThat(run.orFail().stdout()).isEqualTo(firstRuns.getLast().stdout());
        assertThat(run.stderr()).doesNotContain("linux", "ready in");
    }

    @Test
    void laterRun_buildsNothingAndSaysNothing() {
        Command.Result run = weft(copy.resolve("weft")).orFail();
        assertThat(run.stdout()).isEqualTo(firstRuns.getLast().stdout());
        assertThat(run.stderr()).isEmpty();
    }

    @Test
    void runThroughALink_findsTheCheckout() throws IOException {
        Path elsewhere = Files.createDirectory(copy.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("w"), copy.resolve("weft"));
        assertThat(weft(link).orFail().stderr()).isEmpty();
    }

    @Test
    void exitCode_isTheProgramsOwn() {
        assertThat(Command.run(copy.resolve("weft").toString(), "--nonsense").exit()).isEqualTo(2);
    }

    @Test
    void changedSource_isBuilt() throws IOException {
        touch(MAIN);
        assertThat(hasBuilt(weft(copy.resolve("weft")).orFail())).isTrue();
        assertThat(weft(copy.resolve("weft")).orFail().stderr()).isEmpty();
    }

    /// In the module that is built first.
    @Test
    void mistakeInASource_isShownAndKeepsTheLastBuild() throws IOException {
        Path file = copy.resolve(EARLY);
        String source = Files.readString(file);
        FileTime time = Files.getLastModifiedTime(file);
        Command.Result run;
        try {
            Files.writeString(file, source + "class {");
            run = weft(copy.resolve("weft"));
        } finally {
            Files.writeString(file, source);
            Files.setLastModifiedTime(file, time);
        }
        assertThat(run.exit()).as("%s", run).isEqualTo(70);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr()).contains("Errno.java:").contains("build.log");
        assertThat(weft(copy.resolve("weft")).orFail().stderr()).isEmpty();
    }

    @Test
    void endedBuild_leavesTheLastOneAndNothingElse() throws IOException, InterruptedException {
        FileTime time = Files.getLastModifiedTime(copy.resolve(MAIN));
        touch(MAIN);
        Process process = new ProcessBuilder(copy.resolve("weft").toString(), "--version").start();
        try (BufferedReader said = process.errorReader(UTF_8)) {
            assertThat(said.readLine()).contains("building");
            process.destroy();
            assertThat(process.waitFor(BUILD)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
        try (Stream<Path> left = Files.list(copy.resolve("target/weft"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("build.log", "lock", "run");
        }
        Files.setLastModifiedTime(copy.resolve(MAIN), time);
        assertThat(weft(copy.resolve("weft")).orFail().stderr()).isEmpty();
    }

    @Test
    void wrongJdk_isNamed() {
        Command.Result run =
                Command.run("env", "WEFT_JAVA_HOME=/nowhere", copy.resolve("weft").toString());
        assertThat(run.exit()).isEqualTo(69);
        assertThat(run.stderr()).contains("/nowhere");
    }

    private static Command.Result weft(Path launcher) {
        return Command.of(launcher.toString(), "--version").within(BUILD).run();
    }

    private static CompletableFuture<Command.Result> started() {
        return CompletableFuture.supplyAsync(() -> weft(copy.resolve("weft")));
    }

    /// The time of the file system, which is the one that the launcher compares.
    private static void touch(Path source) {
        Command.run("touch", copy.resolve(source).toString()).orFail();
    }
}
