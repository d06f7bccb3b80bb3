package dev.weft.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs are given exactly what was asked, heard completely, and never outlive their limits.
final class ProgramKernelIT {
    private static final Path SHELL = Path.of("/bin/sh");

    private static Program shell(String script, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-c", script, "sh"));
        all.addAll(List.of(arguments));
        return Program.of(SHELL, all);
    }

    @Test
    void program_isGivenArgumentsAndInput_andItsOutputsAreApart() {
        Program.Result result =
                shell("printf '%s|' \"$@\"; cat; echo no >&2; exit 3", "a b", "", "$(id)")
                        .withInput("line\nlast")
                        .run();

        assertThat(result).isEqualTo(new Program.Result(3, "a b||$(id)|line\nlast", "no\n"));
        assertThat(result.signal()).isEmpty();
    }

    @Test
    void environment_isExactlyWhatWasAsked() {
        Program env = Program.of(Program.require("env"), List.of());

        assertThat(env.run().output()).isEmpty();
        assertThat(env.withEnvironment(Map.of("CNI_COMMAND", "ADD")).run().output())
                .isEqualTo("CNI_COMMAND=ADD\n");
        assertThat(env.withInheritedEnvironment(Map.of("CNI_COMMAND", "ADD")).run().output())
                .contains("CNI_COMMAND=ADD\n", "PATH=" + System.getenv("PATH") + "\n");
    }

    @Test
    void namespace_isThatOfTheProgram() throws IOException {
        try (NetworkNamespace other = NetworkNamespace.create();
                NetworkNamespace own = NetworkNamespace.current()) {
            Program reader = Program.of(Program.require("readlink"), List.of("/proc/self/ns/net"));
            String ownLink = Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();

            assertThat(reader.run().output()).isEqualTo(ownLink + "\n");
            assertThat(reader.run(own).output()).isEqualTo(ownLink + "\n");
            assertThat(reader.run(other).output())
                    .isEqualTo("net:[" + other.id().inode() + "]\n")
                    .isNotEqualTo(ownLink + "\n");
        }
    }

    @Test
    void programInNamespace_leavesNoThreadThere() throws IOException {
        try (NetworkNamespace other = NetworkNamespace.create()) {
            shell("true").run(other);

            assertThat(namespacesOfThreads())
                    .isNotEmpty()
                    .doesNotContain("net:[" + other.id().inode() + "]");
        }
    }

    private static List<String> namespacesOfThreads() throws IOException {
        List<String> namespaces = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                try {
                    namespaces.add(Files.readSymbolicLink(thread.resolve("ns/net")).toString());
                } catch (NoSuchFileException ended) {
                    // Threads come and go.
                }
            }
        }
        return namespaces;
    }

    @Test
    void exitStatusInNamespace_isTheProgramsOwn() {
        try (NetworkNamespace other = NetworkNamespace.create()) {
            assertThat(shell("echo a complaint >&2; exit 7").run(other))
                    .isEqualTo(new Program.Result(7, "", "a complaint\n"));
        }
    }

    @Test
    void bothOutputs_largerThanAPipe_areHeardWhileMuchIsSaid() {
        String much = "0123456789abcdef".repeat(40_000);

        Program.Result result = shell("tee /proc/self/fd/2").withInput(much).run();

        assertThat(result.output()).isEqualTo(much);
        assertThat(result.errors()).isEqualTo(much);
    }

    @Test
    void inputThatIsNotRead_isNoFailure() {
        assertThat(shell("exit 0").withInput("x".repeat(1_000_000)).run().status()).isZero();
    }

    @Test
    void signal_isTold() {
        assertThat(shell("kill -TERM $$").run().signal()).hasValue(15);
    }

    @Test
    void programBeyondItsTime_isKilledWithItsChildren() {
        ProgramTimedOutException late =
                catchThrowableOfType(
                        ProgramTimedOutException.class,
                        () ->
                                shell("sleep 987 & echo $! >&2; sleep 988")
                                        .withLimit(Duration.ofMillis(200))
                                        .run());

        assertThat(late).hasMessageContaining("sh did not end within 200 ms and was killed");
        String child = String.valueOf(late.getMessage()).replaceFirst("(?s).*: ", "").strip();
        ProcessHandle.of(Long.parseLong(child))
                .ifPresent(process ->
                        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10)));
    }

    @Test
    void childThatKeepsTheOutputOpen_isNotWaitedFor() {
        Program.Result result = shell("sleep 30 & echo $!").run();

        try {
            assertThat(result.status()).isZero();
        } finally {
            ProcessHandle.of(Long.parseLong(result.output().strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void tooMuchOutput_endsTheProgram() {
        Program endless = shell("while :; do echo yes; done").withOutputLimit(10_000);

        assertThatThrownBy(endless::run)
                .isInstanceOfSatisfying(
                        ProgramOutputException.class,
                        refused -> assertThat(refused.limitBytes()).isEqualTo(10_000))
                .hasMessage("sh wrote more than 10000 bytes and was killed");
    }

    @Test
    void whatIsNoProgram_isNamed(@TempDir Path directory) throws IOException {
        Path broken =
                Files.createFile(
                        directory.resolve("broken"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(broken, "#!/nowhere/interpreter\n");

        assertThatThrownBy(Program.of(directory, List.of())::run)
                .isInstanceOf(ProgramNotFoundException.class)
                .hasMessageContaining(directory.toString());
        assertThatThrownBy(() -> Program.require("weft-no-such-program"))
                .isInstanceOf(ProgramNotFoundException.class)
                .hasMessageContaining("weft-no-such-program");
        assertThatThrownBy(Program.of(broken, List.of())::run)
                .isInstanceOf(KernelException.class)
                .hasMessageStartingWith("cannot run " + broken + ": ENOENT");
    }

    @Test
    void argumentsThatCannotBePassed_areRefusedBefore() {
        assertThatThrownBy(() -> shell("a\0b"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("NUL");
        assertThatThrownBy(() -> shell("").withEnvironment(Map.of("A=B", "c")))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Program.of(Path.of("sh"), List.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("absolute");
    }

    @Test
    void virtualThreads_runManyAtOnce() {
        List<CompletableFuture<String>> runs =
                IntStream.range(0, 16)
                        .mapToObj(i -> {
                            CompletableFuture<String> run = new CompletableFuture<>();
                            Thread.startVirtualThread(
                                    () -> run.complete(shell("echo $1", "" + i).run().output()));
                            return run;
                        })
                        .toList();

        assertThat(runs.stream().map(CompletableFuture::join).map(String::strip))
                .containsExactlyElementsOf(IntStream.range(0, 16).mapToObj(i -> "" + i).toList());
    }
}
