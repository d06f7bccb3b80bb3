package dev.weft.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The agent, or the shim that called it, killed in mid-call: what is left, the next call removes.
final class KilledAgentInteropIT {
    private static final int TRY_AGAIN_LATER = 11;
    private static final String BRIDGE = "weft-end";

    @TempDir private Path directory;
    private Node node;
    private NetworkNamespace container;
    private Path begun;
    private Path go;

    @BeforeEach
    void prepare() throws IOException {
        Command.run("ip", "link", "set", "lo", "up").orFail();
        node = Node.in(directory);
        begun = fifo("begun");
        go = fifo("go");
        Path patient = node.plugins().resolve("patient-ipam");
        Files.writeString(
                patient,
                """
                #!/bin/sh
                [ "$CNI_COMMAND" != ADD ] || { echo >BEGUN; read -r _ <GO; }
                exec "${0%/*}/host-local"
                """
                        .replace("BEGUN", begun.toString())
                        .replace("GO", go.toString()));
        Command.run("chmod", "755", patient.toString()).orFail();
        container = NetworkNamespace.create();
    }

    private Path fifo(String name) {
        Path fifo = directory.resolve(name);
        Command.run("mkfifo", fifo.toString()).orFail();
        return fifo;
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        container.close();
        assertThat(node.files()).isEmpty();
        assertThat(Command.run("ip", "-o", "link").orFail().stdout()).doesNotContain("veth");
        assertThat(Command.run("nft", "list", "ruleset").orFail().stdout()).isEmpty();
        Command.run("ip", "link", "delete", BRIDGE);
    }

    private Command.Result call(String command, String network) {
        return node.bridge(command, "c1", container, network);
    }

    /// The shim repeats a DEL by itself.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void agentKilledInDelete_isNotMissed(int step) throws Exception {
        String network = node.network(BRIDGE, "host-local");
        call("ADD", network).orFail();
        String flag = "-D" + HaltingSteps.PROPERTY + "=" + step;
        try (AgentProcess agent = AgentProcess.start(directory, "{}", flag)) {
            call("DEL", network).orFail();
            assertThat(agent.exitCode()).isEqualTo(137);
            assertThat(node.files()).isEmpty();
        }
        try (AgentProcess agent = AgentProcess.start(directory, "{}")) {
            call("ADD", network).orFail();
            call("DEL", network).orFail();
            assertThat(agent.terminate().exitCode()).isZero();
        }
    }

    /// As the kernel kills when memory runs out. The plugin that the agent had started lives on.
    @Test
    void agentKilledWhileADelegateRuns_leavesWhatTheNextAgentRemoves() throws Exception {
        String network = node.network(BRIDGE, "patient-ipam");
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Command.Result> added;
            try (AgentProcess _ = AgentProcess.start(directory, "{}")) {
                added = threads.submit(() -> call("ADD", network));
                assertThat(Files.readString(begun)).isEqualTo("\n");
            }
            assertThat(Node.code(added.get())).isEqualTo(TRY_AGAIN_LATER);
            Files.writeString(go, "\n");
        }
        try (AgentProcess agent = AgentProcess.start(directory, "{}")) {
            call("DEL", network).orFail();
            assertThat(agent.terminate().exitCode()).isZero();
        }
    }

    /// As a runtime kills it that has waited for too long. The DEL that follows comes after the
    /// ADD, which nobody waits for any more.
    @Test
    void shimKilledInAdd_isDeletedAfterTheAddHasEnded() throws Exception {
        String network = node.network(BRIDGE, "patient-ipam");
        try (AgentProcess agent = AgentProcess.start(directory, "{\"operationSeconds\": 20}");
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            String[] argv = node.argv("bridge", "ADD", "c1", container, Map.of());
            Process shim = new ProcessBuilder(argv).start();
            try (var input = shim.getOutputStream()) {
                input.write(network.getBytes(UTF_8));
            }
            assertThat(Files.readString(begun)).isEqualTo("\n");
            shim.destroyForcibly().waitFor();
            Future<Command.Result> deleted = threads.submit(() -> call("DEL", network));
            Files.writeString(go, "\n");
            deleted.get().orFail();
            assertThat(agent.terminate().exitCode()).isZero();
            assertThat(agent.log())
                    .contains("\"command\":\"DEL\"")
                    .doesNotContain("is interrupted", "try again");
        }
    }
}
