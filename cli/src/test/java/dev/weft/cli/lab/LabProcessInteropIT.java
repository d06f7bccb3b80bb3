package dev.weft.cli.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cli.text.Terminal;
import dev.weft.testkit.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `weft lab` as a process: what it leaves behind, what it says, and who may run it.
final class LabProcessInteropIT {
    private static final Redirect NO_INPUT = Redirect.from(Path.of("/dev/null").toFile());
    private static final String ESCAPE = "\u001b";

    @TempDir private static Path programDirectory;
    private static WeftProgram weft;

    @TempDir private Path temporary;
    private Path directory;

    @BeforeAll
    static void install() throws IOException {
        weft = WeftProgram.installIn(programDirectory);
    }

    @BeforeEach
    void openDirectory() throws IOException {
        Command.run("chmod", "755", temporary.toString()).orFail();
        directory = WeftProgram.commonDirectory(temporary);
    }

    @Test
    void json_isOneObjectOfTheDocumentedShapeAndNothingElse() {
        Command.Result run = weft.run("lab", "bridge", "--json").orFail();

        JsonObject report = JsonParser.parseString(run.stdout()).getAsJsonObject();
        assertThat(run.stderr()).isEmpty();
        assertThat(report.keySet()).containsExactly("lab", "ok", "situations");
        assertThat(report.get("ok").getAsBoolean()).isTrue();
        for (JsonElement situation : report.getAsJsonArray("situations")) {
            assertThat(situation.getAsJsonObject().keySet())
                    .containsExactly("name", "ok", "expected", "observed", "hops");
            assertThat(situation.getAsJsonObject().getAsJsonArray("hops"))
                    .isNotEmpty()
                    .allSatisfy(hop ->
                            assertThat(hop.getAsJsonObject().keySet())
                                    .containsExactly(
                                            "namespace",
                                            "device",
                                            "direction",
                                            "protocol",
                                            "source",
                                            "destination",
                                            "change"));
        }
    }

    @Test
    void labs_atTheSameTime_allSucceed() throws IOException, InterruptedException {
        List<Process> runs = new ArrayList<>();
        for (String lab : List.of("veth", "veth", "router", "macvlan")) {
            runs.add(
                    new ProcessBuilder(weft.with("lab", lab, "--json"))
                            .redirectInput(NO_INPUT)
                            .redirectOutput(directory.resolve(runs.size() + ".json").toFile())
                            .start());
        }
        for (Process run : runs) {
            assertThat(WeftProgram.exitCode(run)).isZero();
        }
    }

    @Execution(CONCURRENT)
    @ParameterizedTest
    @CsvSource({
        "INT, 130, --keep",
        "TERM, 143, --keep",
        "KILL, 137, --keep",
        "INT, 130, --step",
        "TERM, 143, --step",
        "KILL, 137, --step",
    })
    void signal_inTheMiddle_leavesNothing(String signal, int exitCode, String option)
            throws IOException, InterruptedException {
        String before = surroundings();
        Process run = weft.start(Redirect.PIPE, directory, "lab", "veth", option);
        if (option.equals("--step")) {
            run.getOutputStream().write('\n'); // the plan is read, now it is built
            run.getOutputStream().flush();
        }
        readUntil(run, option.equals("--keep") ? "nsenter" : "Routes");
        Set<String> namespaces = NamespaceDescriptors.of(run.pid());
        assertThat(namespaces).isNotEmpty();

        Command.run("kill", "-s", signal, Long.toString(run.pid())).orFail();

        assertThat(WeftProgram.exitCode(run)).isEqualTo(exitCode);
        assertThat(Command.run("lsns", "-t", "net", "-n", "-o", "NS").orFail().stdout().lines())
                .map(String::strip)
                .doesNotContainAnyElementsOf(namespaces);
        assertThat(surroundings()).isEqualTo(before);
    }

    @Test
    void keep_withoutKeyboard_standsUntilASignal() throws IOException, InterruptedException {
        Process run = weft.start(NO_INPUT, directory, "lab", "veth", "--keep");
        String command = readUntil(run, "nsenter");

        assertThat(entered(command, List.of())).contains("veth0").contains("10.0.0.2/24");
        run.destroy();
        assertThat(WeftProgram.exitCode(run)).isEqualTo(143);
    }

    @Test
    void keep_withEnter_ends() throws IOException, InterruptedException {
        Process run = weft.start(Redirect.PIPE, directory, "lab", "veth", "--keep");
        readUntil(run, "nsenter");
        run.getOutputStream().write('\n');
        run.getOutputStream().flush();
        assertThat(WeftProgram.exitCode(run)).isZero();
    }

    @Test
    void keep_ofAnOrdinaryUser_isEnteredByThatUser() throws IOException, InterruptedException {
        requireOrdinaryUser();
        Process run = weft.byOrdinaryUser().start(NO_INPUT, directory, "lab", "veth", "--keep");
        String command = readUntil(run, "nsenter");

        assertThat(entered(command, WeftProgram.asUser())).contains("veth0");
        Command.run("kill", "-s", "INT", Long.toString(run.pid())).orFail();
        assertThat(WeftProgram.exitCode(run)).isEqualTo(130);
    }

    @Test
    void ordinaryUser_keepsWorkingDirectoryArgumentsAndEnvironment()
            throws IOException, InterruptedException {
        requireOrdinaryUser();
        ProcessBuilder builder =
                new ProcessBuilder(
                                weft.byOrdinaryUser().with("lab", "veth", "--pcap", "of this lab"))
                        .directory(directory.toFile())
                        .redirectInput(NO_INPUT)
                        .redirectErrorStream(true);
        builder.environment().put("JDK_JAVA_OPTIONS", "-Duser.language=zh");
        Process run = builder.start();
        String said = new String(run.getInputStream().readAllBytes(), UTF_8);

        assertThat(WeftProgram.exitCode(run)).as(said).isZero();
        assertThat(said).contains("全部符合预期");
        Path file = directory.resolve("of this lab/veth.pcapng");
        assertThat(Command.run("capinfos", "-I", file.toString()).orFail().stdout())
                .contains("host/lo", "host/veth0", "host/veth1");
    }

    @Test
    void ordinaryUser_whereNamespacesAreForbidden_isToldWhy() {
        Command.Result run =
                WeftProgram.shell(
                        "exec unshare --user --map-root-user sh -c \""
                                + "echo 0 >/proc/sys/user/max_user_namespaces;"
                                + " exec setpriv --bounding-set=-all --inh-caps=-all "
                                + weft.inShell("lab", "veth")
                                + "\"");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr().lines())
                .singleElement()
                .asString()
                .contains("EPERM", "/proc/sys/user/max_user_namespaces is 0", "run as root");
    }

    @Test
    void limitOfNamespaces_isNamed() {
        Command.Result run =
                WeftProgram.shell(
                        "exec unshare --user --map-root-user sh -c \""
                                + "echo 0 >/proc/sys/user/max_net_namespaces; exec "
                                + weft.inShell("lab", "veth", "--json")
                                + "\"");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr().lines())
                .singleElement()
                .asString()
                .contains("ENOSPC", "/proc/sys/user/max_net_namespaces");
    }

    @Test
    void pcap_onAFullDisk_saysSoAndLeavesNoFile() throws IOException {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        Command.run("mount", "-t", "tmpfs", "-o", "size=4k", "weft-test", disk.toString()).orFail();
        try {
            Path filling = Files.write(disk.resolve("filling"), new byte[4096]);
            Command.Result run = weft.run("lab", "veth", "--json", "--pcap", disk.toString());

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.stderr())
                    .isEqualTo(
                            "weft: cannot write "
                                    + disk.resolve("veth.pcapng")
                                    + ": No space left on device\n");
            try (Stream<Path> files = Files.list(disk)) {
                assertThat(files).containsExactly(filling);
            }
        } finally {
            Command.run("umount", disk.toString()).orFail();
        }
    }

    @Test
    void pcap_intoAFile_isRefusedBeforeAnythingIsBuilt() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Command.Result run = weft.run("lab", "veth", "--pcap", file.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr())
                .isEqualTo("weft: cannot make directory " + file + ": it is no directory\n");
    }

    @Test
    void pcap_whereTheUserMayNotWrite_isRefused() {
        requireOrdinaryUser();
        Command.Result run = weft.byOrdinaryUser().run("lab", "veth", "--pcap", "/usr");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr()).isEqualTo("weft: cannot write into /usr: permission denied\n");
    }

    @Test
    void output_whoseReaderLeaves_endsQuietly() {
        Command.Result run =
                WeftProgram.shell(weft.inShell("lab", "bridge", "--lang=en") + " | head -n 1");

        assertThat(run.stdout()).isEqualTo("Containers on a bridge\n");
        assertThat(run.stderr()).isEmpty();
    }

    @Test
    void output_toAFullDisk_isAFailure() {
        Command.Result run =
                WeftProgram.shell("exec " + weft.inShell("lab", "veth", "--json") + " >/dev/full");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.stderr())
                .isEqualTo("weft: cannot write standard output: No space left on device\n");
    }

    @Test
    void colours_areForTerminalsThatWantThem() {
        String onTerminal = "script -qec \"" + weft.inShell("lab", "veth") + "\" /dev/null";

        assertThat(weft.run("lab", "veth").orFail().stdout()).doesNotContain(ESCAPE);
        assertThat(WeftProgram.shell("TERM=xterm " + onTerminal).orFail().stdout())
                .contains(ESCAPE + "[32m");
        assertThat(WeftProgram.shell("NO_COLOR=1 TERM=xterm " + onTerminal).orFail().stdout())
                .doesNotContain(ESCAPE);
    }

    @Execution(CONCURRENT)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lab brigde",
                "lab bridge --josn",
                "lab bridge veth",
                "lab bridge --lang xx",
                "lab bridge --pcap",
                "lab bridge --json --step",
                "brigde"
            })
    void nonsense_isAUsageError(String arguments) {
        Command.Result run = weft.run(arguments.split(" ", -1));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr()).isNotEmpty().doesNotContain("\tat ");
    }

    @Execution(CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"bridge", "veth", "router", "macvlan"})
    void output_fitsEightyColumnsInBothLanguages(String lab) {
        for (String language : List.of("en", "zh")) {
            assertThat(weft.run("lab", lab, "--lang", language).orFail().stdout().lines())
                    .allSatisfy(line ->
                            assertThat(Terminal.width(line))
                                    .as(line)
                                    .isLessThanOrEqualTo(Terminal.COLUMNS));
        }
    }

    private static void requireOrdinaryUser() {
        assumeTrue(
                WeftProgram.hasOrdinaryUser(),
                "there is no other user in this user namespace: run as root");
    }

    /// Links and names that a lab could leave in the namespaces of this test.
    private static String surroundings() {
        return Command.run("ip", "-o", "link").orFail().stdout()
                + Command.run("ip", "netns", "list").orFail().stdout();
    }

    /// Runs `ip address` by a command that the program printed.
    private static String entered(String line, List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(line.substring(line.indexOf("nsenter")).split(" ", -1)));
        command.addAll(List.of("ip", "-o", "address"));
        return Command.run(command.toArray(String[]::new)).orFail().stdout();
    }

    private static String readUntil(Process run, String sign) throws IOException {
        BufferedReader output = run.inputReader(UTF_8);
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(sign)) {
                return line;
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("ended without " + sign + ":\n" + seen);
    }
}
