package dev.weft.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.unix.UnixConnection;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The agent as a process, called by the real shim.
final class AgentInteropIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int TRY_AGAIN_LATER = 11;

    @TempDir private Path directory;
    private Node node;

    @BeforeEach
    void prepare() throws IOException {
        Command.run("ip", "link", "set", "lo", "up").orFail();
        node = Node.in(directory);
    }

    @Test
    void container_isAddedAndDeleted() throws Exception {
        String network = node.network("weft-a", "host-local");
        try (AgentProcess agent = AgentProcess.start(directory, "{}");
                NetworkNamespace container = NetworkNamespace.create()) {
            String added = node.bridge("ADD", "c1", container, network).orFail().stdout();
            assertThat(JsonParser.parseString(added).getAsJsonObject().get("ips").toString())
                    .contains("198.18.0.2/16");
            assertThat(node.files()).isNotEmpty();
            node.bridge("DEL", "c1", container, network).orFail();
            assertThat(node.files()).isEmpty();
            assertThat(agent.terminate().exitCode()).isZero();
            assertThat(agent.log()).contains("\"container\":\"c1\"", "milliseconds to create veth");
            assertThat(node.socket()).doesNotExist();
        }
        Command.run("ip", "link", "delete", "weft-a").orFail();
    }

    @Test
    void callsWhileAgentsComeAndGo_allSucceed() throws Exception {
        String network = node.network("weft-b", "host-local");
        List<Callable<String>> callers = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            String id = "caller" + caller;
            callers.add(() -> addAndDelete(id, network, 3));
        }
        AgentProcess agent = AgentProcess.start(directory, "{}");
        try (ExecutorService threads = Executors.newFixedThreadPool(callers.size())) {
            List<Future<String>> running = new ArrayList<>();
            callers.forEach(caller -> running.add(threads.submit(caller)));
            for (int restart = 0; restart < 2; restart++) {
                AgentProcess old = agent.terminate();
                agent = AgentProcess.start(directory, "{}");
                assertThat(old.exitCode()).isZero();
            }
            assertThat(failures(running)).isEmpty();
        } finally {
            agent.close();
        }
        assertThat(node.files()).isEmpty();
        Command.run("ip", "link", "delete", "weft-b").orFail();
    }

    private String addAndDelete(String id, String network, int times) {
        StringBuilder failures = new StringBuilder();
        for (int i = 0; i < times; i++) {
            try (NetworkNamespace container = NetworkNamespace.create()) {
                for (String command : List.of("ADD", "DEL")) {
                    Command.Result result = node.bridge(command, id, container, network);
                    failures.append(result.exit() == 0 ? "" : command + " " + result + "\n");
                }
            }
        }
        return failures.toString();
    }

    private static List<String> failures(List<Future<String>> running)
            throws InterruptedException, ExecutionException {
        List<String> failures = new ArrayList<>();
        for (Future<String> caller : running) {
            failures.add(caller.get());
        }
        failures.removeIf(String::isEmpty);
        return failures;
    }

    @Test
    void secondAgent_isRefused() throws Exception {
        try (AgentProcess _ = AgentProcess.start(directory, "{}");
                AgentProcess second = AgentProcess.begin(directory, "{}")) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.log()).contains("cni.sock", "another process has locked it");
        }
    }

    @Test
    void wrongSettings_areToldBeforeAnythingStarts() throws Exception {
        try (AgentProcess agent = AgentProcess.begin(directory, "{\"worker\": 3}")) {
            assertThat(agent.exitCode()).isEqualTo(2);
            assertThat(agent.log()).contains("did you mean \"workers\"?");
            assertThat(directory.resolve("run")).doesNotExist();
        }
    }

    @Test
    void stateDirectoryThatIsNone_isToldBeforeAnybodyCalls() throws Exception {
        Path file = Files.createFile(directory.resolve("state"));
        try (AgentProcess agent = AgentProcess.begin(directory, "{}")) {
            assertThat(agent.exitCode()).isEqualTo(1);
            assertThat(agent.log())
                    .isEqualTo(
                            "weftd: cannot make the directory " + file + ": it is no directory\n");
            assertThat(node.socket()).doesNotExist();
        }
    }

    @Test
    void agentThatIsStoppedWhileItStarts_takesItsSocketAway() throws Exception {
        Path link = directory.resolve("run").resolve("state");
        try (AgentProcess agent = AgentProcess.begin(directory, "{}")) {
            while (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Thread.onSpinWait();
            }
            assertThat(agent.terminate().exitCode()).isZero();
            assertThat(node.socket()).doesNotExist();
        }
    }

    /// Killed as by `kill -9` at a step of ADD: the caller is told to try again, and DEL, without
    /// an agent, finds what there is.
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void agentKilledInAdd_leavesNothingThatDeleteDoesNotFind(int step) throws Exception {
        String network = node.network("weft-k", "host-local");
        String flag = "-Dweft.test.halt-before-step=" + step;
        try (AgentProcess agent = AgentProcess.start(directory, "{}", flag);
                NetworkNamespace container = NetworkNamespace.create()) {
            Command.Result added = node.bridge("ADD", "c1", container, network);
            assertThat(Node.code(added)).isEqualTo(TRY_AGAIN_LATER);
            assertThat(agent.exitCode()).isEqualTo(137);
            node.bridge("DEL", "c1", container, network).orFail();
            assertThat(node.files()).isEmpty();
            assertThat(Command.run("ip", "-o", "link").orFail().stdout()).doesNotContain("veth");
        }
        Command.run("ip", "link", "delete", "weft-k");
    }

    /// One call runs, none may wait; it runs into the limit.
    @Test
    void callBeyondLimits_isToldToTryAgain() throws Exception {
        Path begun = directory.resolve("begun");
        Command.run("mkfifo", begun.toString()).orFail();
        Path slow = node.plugins().resolve("slow-ipam");
        Files.writeString(slow, "#!/bin/sh\necho > " + begun + "\nexec sleep 100\n");
        Command.run("chmod", "755", slow.toString()).orFail();
        String settings = "{\"workers\": 1, \"queue\": 0, \"operationSeconds\": 2}";
        try (AgentProcess _ = AgentProcess.start(directory, settings);
                NetworkNamespace container = NetworkNamespace.create();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            String network = node.network("weft-q", "slow-ipam");
            Future<Command.Result> first =
                    threads.submit(() -> node.bridge("ADD", "c1", container, network));
            assertThat(Files.readString(begun)).isEqualTo("\n");
            Command.Result second = node.bridge("ADD", "c2", container, network);
            assertThat(Node.code(second)).isEqualTo(TRY_AGAIN_LATER);
            assertThat(second.stdout()).contains("too many calls");
            assertThat(Node.code(first.get())).isEqualTo(TRY_AGAIN_LATER);
            assertThat(first.get().stdout()).contains("longer than the agent's limit");
        }
        Command.run("ip", "link", "delete", "weft-q");
    }

    @Test
    void whatIsNoCall_disturbsNobody() throws Exception {
        try (AgentProcess agent = AgentProcess.start(directory, "{}");
                NetworkNamespace container = NetworkNamespace.create()) {
            List<UnixConnection> idle = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                idle.add(UnixConnection.connect(node.socket(), LIMIT));
            }
            // A header that announces more than is taken; and nonsense.
            assertThat(answerTo("WEFT\1\0\0\0\0\0\0\177\0\0\0\0")).isEmpty();
            assertThat(answerTo("GET / HTTP/1.1\r\n\r\n")).isEmpty();
            // Of another version: "declined".
            assertThat(answerTo("WEFT\7\0\0\0\0\0\0\0\0\0\0\0"))
                    .hasSize(16)
                    .contains(new byte[] {1});
            String network = node.network("weft-n", "host-local");
            node.bridge("ADD", "c1", container, network).orFail();
            node.bridge("DEL", "c1", container, network).orFail();
            idle.forEach(UnixConnection::close);
            assertThat(agent.log()).contains("\"c1\"", "it does not begin as a call does");
        }
        Command.run("ip", "link", "delete", "weft-n").orFail();
    }

    private byte[] answerTo(String message) {
        try (UnixConnection connection = UnixConnection.connect(node.socket(), LIMIT)) {
            connection.send(message.getBytes(UTF_8), LIMIT);
            return connection.receiveSome(100, LIMIT);
        } catch (KernelException closedUnread) {
            return new byte[0];
        }
    }

    /// The one-shot command then works with the rights that the caller has.
    @Test
    void foreignUser_isDeclined() throws Exception {
        try (AgentProcess agent = AgentProcess.start(directory, "{}")) {
            for (Path path : List.of(directory, directory.resolve("run"))) {
                Command.run("chmod", "755", path.toString()).orFail();
            }
            Command.run("chmod", "666", node.socket().toString()).orFail();
            Command.Result version =
                    Command.run(
                            "setpriv",
                            "--reuid=65534",
                            "--regid=65534",
                            "--clear-groups",
                            "env",
                            "CNI_COMMAND=VERSION",
                            "WEFT_RUN_DIR=" + directory.resolve("run"),
                            node.plugins().resolve("bridge").toString());
            assertThat(version.exit()).isNotEqualTo(11);
            assertThat(agent.log()).contains("of user 65534");
        }
    }

    /// What a call was is told after its answer. A page's figures are not of one moment, so it is
    /// asked once more.
    private String metricsWhenDone() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!get("/metrics").contains("weft_operations_running 0.0")
                && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        return get("/metrics");
    }

    @Test
    void healthAndMetrics_areReadAtSocketAndPort() throws Exception {
        String network = node.network("weft-m", "host-local");
        try (AgentProcess _ = AgentProcess.start(directory, "{\"httpPort\": 19357}");
                NetworkNamespace container = NetworkNamespace.create()) {
            node.bridge("ADD", "c1", container, network).orFail();
            assertThat(get("/health")).contains("200 OK", "\"status\":\"ready\"");
            assertThat(metricsWhenDone())
                    .contains(
                            "weft_operation_duration_seconds_count{command=\"ADD\",plugin=\"bridge\"} 1",
                            "weft_phase_duration_seconds_count{phase=\"create veth\","
                                    + "plugin=\"bridge\"} 1",
                            "weft_pool_addresses_taken{network=\"net-weft-m\",set=\"0\"} 1.0",
                            "weft_operations_running 0.0");
            try (Socket port = new Socket(InetAddress.getLoopbackAddress(), 19_357)) {
                port.getOutputStream().write("GET /health HTTP/1.1\r\n\r\n".getBytes(UTF_8));
                assertThat(new String(port.getInputStream().readAllBytes(), UTF_8))
                        .contains("200 OK");
            }
            node.bridge("DEL", "c1", container, network).orFail();
        }
        Command.run("ip", "link", "delete", "weft-m").orFail();
    }

    private String get(String path) {
        try (UnixConnection connection =
                UnixConnection.connect(directory.resolve("run").resolve("http.sock"), LIMIT)) {
            connection.send(("GET " + path + " HTTP/1.1\r\n\r\n").getBytes(UTF_8), LIMIT);
            StringBuilder all = new StringBuilder();
            byte[] next;
            do {
                next = connection.receiveSome(4096, LIMIT);
                all.append(new String(next, UTF_8));
            } while (next.length > 0);
            return all.toString();
        }
    }
}
