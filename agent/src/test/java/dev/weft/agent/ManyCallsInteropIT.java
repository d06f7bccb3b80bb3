package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.agent.protocol.Answer;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of calls, some of which fail, of one agent.
final class ManyCallsInteropIT {
    private static final int ROUNDS = 250;
    private static final int CALLS_A_ROUND = 8;

    /// After these an agent has all that it ever needs.
    private static final int FIRST_ROUNDS = 25;

    /// What the JVM itself opens and starts now and then, and what the removal of the last links
    /// still needs; far below one for each round.
    private static final int SLACK = 40;

    private static final String LOOPBACK =
            "{\"cniVersion\": \"1.1.0\", \"name\": \"lo\", \"type\": \"loopback\"}";

    @TempDir private Path directory;
    private Node node;

    @BeforeEach
    void prepare() throws IOException {
        Command.run("ip", "link", "set", "lo", "up").orFail();
        node = Node.in(directory);
    }

    private record Usage(int descriptors, int threads, int namespaces) {
        static Usage of(AgentProcess agent) {
            return new Usage(agent.descriptors(), agent.threads(), agent.namespaces());
        }
    }

    @Test
    void manyCalls_leaveNothingInTheAgent_andALineEachInItsLog() throws Exception {
        try (AgentProcess agent = AgentProcess.start(directory, "{}");
                AgentClient client = new AgentClient(node.socket(), node.plugins())) {
            Usage before = Usage.of(agent);
            for (int round = 0; round < ROUNDS; round++) {
                if (round == FIRST_ROUNDS) {
                    before = Usage.of(agent);
                }
                call(client, "c" + round);
            }
            Usage after = Usage.of(agent);
            assertThat(after.namespaces()).isEqualTo(before.namespaces());
            assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + SLACK);
            assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + SLACK);
            assertThat(node.files()).isEmpty();
            assertThat(agent.terminate().exitCode()).isZero();
            assertOneLineEach(agent.log());
        }
        Command.run("ip", "link", "delete", "weft-many").orFail();
    }

    private void call(AgentClient client, String id) {
        String network = node.network("weft-many", "host-local");
        try (NetworkNamespace container = NetworkNamespace.create()) {
            String added = call(client, container, 0, "bridge", "ADD", id, network);
            JsonObject checked = JsonParser.parseString(network).getAsJsonObject();
            checked.add("prevResult", JsonParser.parseString(added));
            call(client, container, 0, "bridge", "CHECK", id, checked.toString());
            call(client, container, 1, "bridge", "ADD", id, "{}");
            call(client, container, 1, "bridge", "ADD", id + "\"\n", network);
            call(client, container, 0, "bridge", "DEL", id, network);
            call(client, container, 0, "bridge", "DEL", id, network);
            call(client, container, 0, "loopback", "ADD", id, LOOPBACK);
            call(client, container, 0, "loopback", "DEL", id, LOOPBACK);
        }
    }

    private static String call(
            AgentClient client,
            NetworkNamespace container,
            int exitCode,
            String plugin,
            String command,
            String id,
            String input) {
        Answer answer = client.call(client.request(plugin, command, id, input), container);
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Answered.class,
                        answered -> assertThat(answered.exitCode()).isEqualTo(exitCode));
        return ((Answer.Answered) answer).output();
    }

    private static void assertOneLineEach(String log) {
        List<JsonObject> operations =
                log.lines()
                        .map(line -> JsonParser.parseString(line).getAsJsonObject())
                        .filter(line ->
                                line.get("loggerName").getAsString().equals("weft.operation"))
                        .toList();
        assertThat(operations).hasSize(ROUNDS * CALLS_A_ROUND);
        assertThat(fact(operations.getFirst(), "container")).isEqualTo("c0");
        assertThat(operations)
                .filteredOn(line -> fact(line, "container").contains("\n"))
                .hasSize(ROUNDS)
                .allMatch(line -> line.get("level").getAsString().equals("WARN"));
    }

    private static String fact(JsonObject line, String name) {
        return line.getAsJsonArray("kvpList").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(pair -> pair.has(name))
                .map(pair -> pair.get(name).getAsString())
                .findFirst()
                .orElseThrow();
    }
}
