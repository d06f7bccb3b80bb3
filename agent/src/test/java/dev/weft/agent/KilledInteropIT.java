package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plugins as processes of their own that are killed before each of their steps. What they leave,
/// the next one removes; and between them works an agent, with the same records.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KilledInteropIT {
    private static final int KILLED = 137;

    /// No plugin has as many.
    private static final int MOST_STEPS = 40;

    private Path directory;
    private Node node;
    private AgentProcess agent;
    private Chain chain;
    private String untouched;

    @BeforeAll
    void prepare(@TempDir Path empty) throws IOException {
        directory = empty;
        Command.run("ip", "link", "set", "lo", "up").orFail();
        node = Node.in(directory);
        agent = AgentProcess.start(directory, "{}");
    }

    @AfterAll
    void stop() {
        agent.close();
        Command.run("ip", "link", "delete", Chain.BRIDGE).orFail();
    }

    /// What is made for the first container of a network, and stays, is there already.
    @BeforeEach
    void add() throws IOException {
        chain = new Chain(node);
        chain.addUntil("none");
        chain.deleteAll();
        untouched = chain.state();
    }

    @AfterEach
    void delete() throws IOException {
        chain.deleteAll();
        assertThat(chain.state()).isEqualTo(untouched);
        chain.close();
    }

    static Stream<String> types() {
        return Chain.types();
    }

    /// Variables with which a plugin finds no agent.
    private Map<String, String> alone() {
        return Map.of("WEFT_RUN_DIR", directory.resolve("nobody").toString());
    }

    private boolean isKilled(String type, String command, int step) {
        Command.Result result =
                chain.call(
                        type,
                        command,
                        Map.of(
                                "WEFT_RUN_DIR",
                                directory.resolve("nobody").toString(),
                                "JDK_JAVA_OPTIONS",
                                "-D" + HaltingSteps.PROPERTY + "=" + step));
        assertThat(result.exit()).as("%s", result).isIn(0, KILLED);
        return result.exit() == KILLED;
    }

    /// Kills an operation at each step, and has it cleaned up.
    private void kill(String type, String command, Runnable prepare, Runnable clean)
            throws IOException {
        chain.addUntil(type);
        String before = chain.state();
        boolean killed = true;
        int step = 0;
        while (killed) {
            prepare.run();
            killed = isKilled(type, command, ++step);
            clean.run();
            assertThat(chain.state())
                    .as("%s of %s killed before step %d", command, type, step)
                    .isEqualTo(before);
        }
        assertThat(step).isBetween(3, MOST_STEPS);
    }

    @ParameterizedTest
    @MethodSource("types")
    void addThatIsKilled_isRemovedByDelete(String type) throws IOException {
        kill(type, "ADD", () -> {}, () -> chain.call(type, "DEL", alone()).orFail());
    }

    @ParameterizedTest
    @MethodSource("types")
    void addThatIsKilled_isRemovedByTheAgentsCollection(String type) throws IOException {
        kill(type, "ADD", () -> {}, () -> chain.call(type, "GC", Map.of()).orFail());
    }

    @ParameterizedTest
    @MethodSource("types")
    void deletionThatIsKilled_isCompletedByTheAgents(String type) throws IOException {
        kill(
                type,
                "DEL",
                () -> chain.call(type, "ADD", Map.of()).orFail(),
                () -> chain.call(type, "DEL", Map.of()).orFail());
    }
}
