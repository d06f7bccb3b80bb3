package dev.weft.cli.cni;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.linux.file.FileIdentity;
import dev.weft.plugins.PluginSet;
import dev.weft.testkit.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The shim between a runtime, which is this test, and an agent that answers what a test wants.
final class ShimInteropIT {
    private static final String CONFIG = "{\"name\": \"n\", \"type\": \"bridge\"}";
    private static final int MAX_INPUT = 4 << 20;
    static final List<String> PLUGINS = PluginSet.TYPES;

    private static final List<FileIdentity> OWN =
            List.of(
                    FileIdentity.ofPath(Path.of("/proc/self/ns/net")),
                    FileIdentity.ofPath(Path.of("/")));

    @TempDir private static Path common;
    private static byte[] program;
    private static Path oneShot;

    @TempDir private Path directory;

    @BeforeAll
    static void compile() throws IOException {
        program = BuiltShim.compile(common);
        oneShot = BuiltShim.oneShot(common);
    }

    @BeforeEach
    void install() throws IOException {
        install("bridge");
    }

    private void install(String name) throws IOException {
        Shim.of(program, List.of(oneShot.toString(), "first word", ""))
                .replace(directory.resolve(name));
    }

    private Command shim(String name, String command) {
        return Command.of(argv(name, command).toArray(String[]::new));
    }

    private List<String> argv(String name, String command) {
        List<String> argv = new ArrayList<>(List.of("env", "-i", "PATH=/usr/bin:/bin", "TWO=a b"));
        argv.add("WEFT_RUN_DIR=" + directory);
        if (!command.isEmpty()) {
            argv.add("CNI_COMMAND=" + command);
        }
        argv.add(directory.resolve(name).toString());
        return argv;
    }

    private Command.Result call(String command) {
        return shim("bridge", command).stdin(CONFIG.getBytes(UTF_8)).run();
    }

    private static void assertOneShot(Command.Result result, String command) {
        assertThat(result.stdout()).isEqualTo("one-shot: first word  bridge\n" + CONFIG);
        assertThat(result.stderr()).isEqualTo("command " + command + "\n");
        assertThat(result.exit()).isEqualTo(7);
    }

    private static void assertError(Command.Result result, int code, String... texts) {
        JsonObject error = JsonParser.parseString(result.stdout()).getAsJsonObject();
        assertThat(error.get("code").getAsInt()).isEqualTo(code);
        assertThat(error.get("msg").getAsString() + "; " + error.get("details").getAsString())
                .contains(texts);
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void call_isAnsweredByTheAgent() throws IOException {
        try (FakeAgent agent =
                FakeAgent.answering(directory, FakeAgent.answer(3, "{\"ü\": 1}", "said\n"))) {
            Command.Result result = call("ADD");
            assertThat(result.stdout()).isEqualTo("{\"ü\": 1}");
            assertThat(result.stderr()).isEqualTo("said\n");
            assertThat(result.exit()).isEqualTo(3);
            assertThat(agent.request().head()).isEqualTo("5745465401000000");
            assertThat(agent.request().strings())
                    .containsExactly(
                            "bridge",
                            "PATH=/usr/bin:/bin",
                            "TWO=a b",
                            "WEFT_RUN_DIR=" + directory,
                            "CNI_COMMAND=ADD");
            assertThat(agent.request().input()).isEqualTo(CONFIG);
        }
    }

    @Test
    void namespaceAndRoot_areSentAsDescriptors() throws IOException {
        assertThat(filesSentWith("/nowhere")).isEqualTo(OWN);
        assertThat(filesSentWith("")).isEqualTo(OWN);
    }

    /// What it is, is for the agent to find out; nothing that has its name holds up the shim.
    @Test
    void containersNamespace_isSentWhateverItIs() throws IOException {
        Path pipe = directory.resolve("pipe");
        Command.run("mkfifo", pipe.toString()).orFail();
        assertThat(filesSentWith(pipe.toString()))
                .containsExactly(OWN.getFirst(), OWN.getLast(), FileIdentity.ofPath(pipe));
    }

    private List<FileIdentity> filesSentWith(String netns) throws IOException {
        List<String> argv = argv("bridge", "DEL");
        argv.add(argv.size() - 1, "CNI_NETNS=" + netns);
        try (FakeAgent agent = FakeAgent.answering(directory, FakeAgent.answer(0, "", ""))) {
            Command.run(argv.toArray(String[]::new)).orFail();
            return agent.request().files();
        }
    }

    @ParameterizedTest
    @FieldSource("PLUGINS")
    void pluginsName_isTold(String name) throws IOException {
        install(name);
        try (FakeAgent agent = FakeAgent.answering(directory, FakeAgent.answer(0, "", ""))) {
            shim(name, "DEL").run().orFail();
            assertThat(agent.request().strings()).first().isEqualTo(name);
        }
    }

    @Test
    void largeCallAndAnswer_passWhole() throws IOException {
        String long1 = "x".repeat(MAX_INPUT);
        String long2 = "y".repeat(MAX_INPUT);
        try (FakeAgent agent = FakeAgent.answering(directory, FakeAgent.answer(0, long2, long1))) {
            Command.Result result = shim("bridge", "ADD").stdin(long1.getBytes(UTF_8)).run();
            assertThat(result.stdout()).isEqualTo(long2);
            assertThat(result.stderr()).isEqualTo(long1);
            assertThat(agent.request().input()).isEqualTo(long1);
        }
    }

    /// Larger than what the kernel keeps: the shim is still sending when the agent has gone.
    private Command.Result callThatIsNotRead() {
        return shim("bridge", "ADD").stdin("x".repeat(MAX_INPUT).getBytes(UTF_8)).run();
    }

    @Test
    void refusalOfACallThatWasNotRead_isPrinted() throws IOException {
        try (FakeAgent _ = FakeAgent.refusing(directory, FakeAgent.answer(1, "busy", ""))) {
            Command.Result result = callThatIsNotRead();
            assertThat(result.stdout()).isEqualTo("busy");
            assertThat(result.exit()).isEqualTo(1);
        }
    }

    @Test
    void agentLostBeforeItHadTheCall_isReplacedByTheOneShotCommand() throws IOException {
        try (FakeAgent _ = FakeAgent.refusing(directory, new byte[0])) {
            assertThat(callThatIsNotRead().stdout())
                    .startsWith("one-shot: first word  bridge\nxxx");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "VERSION"})
    void callWithoutInput_readsNone(String command) throws IOException, InterruptedException {
        try (FakeAgent agent =
                FakeAgent.answering(directory, FakeAgent.answer(0, "", "CNI plugin\n"))) {
            // Its standard input never ends.
            Process run = new ProcessBuilder(argv("bridge", command)).start();
            try (BufferedReader said = run.errorReader(UTF_8)) {
                assertThat(said.readLine()).isEqualTo("CNI plugin");
                assertThat(run.waitFor()).isZero();
            } finally {
                run.destroyForcibly();
            }
            assertThat(agent.request().input()).isEmpty();
        }
    }

    @Test
    void declinedCall_isDoneByTheOneShotCommand() throws IOException {
        try (FakeAgent _ = FakeAgent.answering(directory, FakeAgent.declined())) {
            assertOneShot(call("ADD"), "ADD");
        }
    }

    @Test
    void callDeclinedInAnotherVersion_isDoneByTheOneShotCommand() throws IOException {
        byte[] answer = FakeAgent.declined();
        answer[4] = 2;
        try (FakeAgent _ = FakeAgent.answering(directory, answer)) {
            assertOneShot(call("ADD"), "ADD");
        }
    }

    @Test
    void callWithoutAgent_isDoneByTheOneShotCommand() {
        assertOneShot(call("ADD"), "ADD");
    }

    @Test
    void callToAStaleSocket_isDoneByTheOneShotCommand() throws IOException {
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(directory.resolve("cni.sock")));
        dead.close();
        assertThat(directory.resolve("cni.sock")).exists();
        assertOneShot(call("ADD"), "ADD");
    }

    @Test
    void callToAPathTooLongForASocket_isDoneByTheOneShotCommand() throws IOException {
        Path plugin = directory.resolve("bridge");
        Command.Result result =
                Command.of(
                                "env",
                                "WEFT_RUN_DIR=/" + "x".repeat(200),
                                "CNI_COMMAND=ADD",
                                plugin.toString())
                        .stdin(CONFIG.getBytes(UTF_8))
                        .run();
        assertOneShot(result, "ADD");
    }

    @Test
    void agentLostInAdd_isToBeTriedAgain() throws IOException {
        try (FakeAgent _ = FakeAgent.answering(directory, new byte[0])) {
            assertError(call("ADD"), 11, "the agent was lost while it worked", "delete");
        }
    }

    @Test
    void agentLostWithinItsAnswerToAdd_isToBeTriedAgain() throws IOException {
        try (FakeAgent _ = FakeAgent.answering(directory, FakeAgent.header(0, 0, 100, 0))) {
            assertError(call("ADD"), 11, "within its answer");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEL", "CHECK", "GC", "STATUS"})
    void agentLostInWhatCanBeRepeated_isReplacedByTheOneShotCommand(String command)
            throws IOException {
        try (FakeAgent _ = FakeAgent.answering(directory, new byte[0])) {
            assertOneShot(call(command), command);
        }
    }

    @Test
    void answerOfSomethingElse_isNotPrinted() throws IOException {
        byte[] garbage = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8);
        try (FakeAgent _ = FakeAgent.answering(directory, garbage)) {
            assertError(call("ADD"), 11, "none of this protocol");
        }
        try (FakeAgent _ = FakeAgent.answering(directory, garbage)) {
            assertOneShot(call("DEL"), "DEL");
        }
    }

    @Test
    void answerBeyondItsLimit_isRefused() throws IOException {
        try (FakeAgent _ = FakeAgent.answering(directory, FakeAgent.header(0, 0, -1, -1))) {
            assertError(call("ADD"), 11, "too large");
        }
    }

    @Test
    void hangingAgent_isGivenUp() throws IOException {
        byte[] impatient = BuiltShim.compile(directory, "-DLIMIT_SECONDS=1");
        Shim.of(impatient, List.of(oneShot.toString())).replace(directory.resolve("bridge"));
        try (FakeAgent _ = FakeAgent.listening(directory)) {
            assertError(call("DEL"), 11, "did not answer in time", directory + "/cni.sock");
        }
    }

    @Test
    void inputBeyondItsLimit_isRefusedBeforeTheAgentIsAsked() throws IOException {
        try (FakeAgent agent = FakeAgent.answering(directory, FakeAgent.answer(0, "", ""))) {
            assertError(shim("bridge", "ADD").stdin(new byte[MAX_INPUT + 1]).run(), 7, "4 MiB");
            assertThat(agent.wasCalled()).isFalse();
        }
    }

    @Test
    void unreadableInput_isAnInputError() {
        String words = "'" + String.join("' '", argv("bridge", "ADD")) + "'";
        assertError(Command.run("sh", "-c", words + " </"), 5, "standard input");
        assertError(Command.run("sh", "-c", words + " <&-"), 5, "standard input");
    }

    @Test
    void fileWithoutTrailer_saysWhatToDo() throws IOException {
        Files.write(directory.resolve("bridge"), program);
        assertError(call("ADD"), 50, "weft install-cni", "weftd", "No such file or directory");
    }

    @Test
    void oneShotCommandThatIsGone_isNamed() throws IOException {
        Shim.of(program, List.of("/nowhere/\"java\"")).replace(directory.resolve("bridge"));
        assertError(call("DEL"), 50, "/nowhere/\"java\"", "weft install-cni", "weftd");
    }

    @Test
    void agentOfSomebodyElse_isNotTrusted() throws IOException, InterruptedException {
        String[] asNobody = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"};
        List<String> argv = new ArrayList<>(List.of(asNobody));
        argv.add("true");
        assumeTrue(
                Command.run(argv.toArray(String[]::new)).exit() == 0,
                "there is no other user here");
        argv.removeLast();
        argv.addAll(listener());
        Process foreign = new ProcessBuilder(argv).redirectErrorStream(true).start();
        try (BufferedReader said = foreign.inputReader(UTF_8)) {
            assertThat(said.readLine()).isEqualTo("listening");
            assertError(call("ADD"), 50, "foreign agent", directory + "/cni.sock");
        } finally {
            foreign.destroyForcibly();
            assertThat(foreign.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// The command of a listener in `directory`, for somebody who may read nothing of the checkout.
    private List<String> listener() throws IOException {
        String name = ForeignListener.class.getName();
        String file = name.replace('.', '/') + ".class";
        Path copy = directory.resolve(file);
        Files.createDirectories(copy.resolveSibling(""));
        try (var original = ClassLoader.getSystemResourceAsStream(file)) {
            assertThat(original).isNotNull();
            Files.copy(original, copy);
        }
        Command.run("chmod", "-R", "a+rwX", directory.toString()).orFail();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                directory.toString(),
                name,
                directory.resolve("cni.sock").toString());
    }
}
