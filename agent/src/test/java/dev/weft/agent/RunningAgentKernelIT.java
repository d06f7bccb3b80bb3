package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.agent.protocol.Answer;
import dev.weft.agent.protocol.CallRequest;
import dev.weft.linux.KernelException;
import dev.weft.linux.file.PathDescriptor;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.unix.UnixConnection;
import dev.weft.testkit.Seeded;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.helpers.NOPLogger;

/// An agent in the test's own process, told what a shim would tell it, and what none would.
final class RunningAgentKernelIT {
    private static final String LOOPBACK =
            "{\"cniVersion\": \"1.1.0\", \"name\": \"lo\", \"type\": \"loopback\"}";

    @TempDir private Path directory;
    private RunningAgent agent;
    private AgentClient client;
    private NetworkNamespace container;

    @BeforeEach
    void open() {
        AgentConfiguration settings =
                AgentConfiguration.parse("{\"workers\": 2}")
                        .withRunDirectory(directory.resolve("run"))
                        .withStateDirectory(directory.resolve("state"));
        agent = RunningAgent.open(settings, NOPLogger.NOP_LOGGER, UnaryOperator.identity());
        agent.start();
        client = new AgentClient(directory.resolve("run").resolve(RunningAgent.SOCKET), directory);
        container = NetworkNamespace.create();
    }

    @AfterEach
    void close() {
        container.close();
        client.close();
        agent.close();
    }

    private CallRequest loopback(String input) {
        return client.request("loopback", "ADD", "c1", input);
    }

    private void assertServed() {
        assertThat(client.call(loopback(LOOPBACK), container))
                .isInstanceOfSatisfying(
                        Answer.Answered.class,
                        answer -> assertThat(answer.exitCode()).as("%s", answer).isZero());
    }

    /// Those of an agent that is done: what a call was is told after its answer. A page's figures
    /// are not of one moment, so it is asked once more.
    private Map<String, Double> metrics() {
        long deadline = System.nanoTime() + AgentClient.LIMIT.toNanos();
        while (figures().getOrDefault("weft_operations_running", 1.0) > 0
                && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        return figures();
    }

    private Map<String, Double> figures() {
        return PrometheusText.parse(page("/metrics"));
    }

    private String page(String path) {
        return AgentClient.page(directory.resolve("run").resolve(RunningAgent.HTTP_SOCKET), path);
    }

    private int errorCode(CallRequest request) {
        Answer answer = client.call(request, container);
        assertThat(answer).isInstanceOf(Answer.Answered.class);
        String output = ((Answer.Answered) answer).output();
        return JsonParser.parseString(output).getAsJsonObject().get("code").getAsInt();
    }

    @Test
    void requestInPieces_isServed() {
        byte[] message = loopback(LOOPBACK).encode();
        try (UnixConnection connection = client.connect()) {
            byte[] first = Arrays.copyOf(message, 1);
            connection.send(first, client.descriptors(container), AgentClient.LIMIT);
            for (int at = 1; at < message.length; at += 50) {
                int end = Math.min(message.length, at + 50);
                connection.send(Arrays.copyOfRange(message, at, end), AgentClient.LIMIT);
            }
            assertThat(AgentClient.answer(connection)).isInstanceOf(Answer.Answered.class);
        }
    }

    @Test
    void requestsOfTheLargestSize_areServed_severalAtATime() throws Exception {
        String padding =
                "\"padding\": \"" + "x".repeat((4 << 20) - LOOPBACK.length() - 15) + "\", ";
        byte[] message = loopback("{" + padding + LOOPBACK.substring(1)).encode();
        List<Callable<Answer>> callers =
                IntStream.range(0, 4)
                        .mapToObj(_ ->
                                (Callable<Answer>)
                                        () -> client.send(message, client.descriptors(container)))
                        .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers.size())) {
            for (Future<Answer> answer : threads.invokeAll(callers)) {
                assertThat(((Answer.Answered) answer.get()).exitCode()).isZero();
            }
        }
    }

    @Test
    void requestOverItsSize_isDroppedUnread() {
        byte[] message = loopback(LOOPBACK).encode();
        message[15] = 0x7f;
        assertDropped(message, client.descriptors(container), "malformed");
    }

    @Test
    void requestWithTooFewDescriptors_isDropped() {
        List<Integer> one = client.descriptors(container).subList(0, 1);
        assertDropped(loopback(LOOPBACK).encode(), one, "malformed");
    }

    @Test
    void callerWithoutNamespace_isDropped() {
        List<Integer> all = client.descriptors(container);
        List<Integer> roots = List.of(all.get(1), all.get(1), all.get(2));
        assertDropped(loopback(LOOPBACK).encode(), roots, "malformed");
    }

    @Test
    void requestThatEnds_isDropped() {
        byte[] message = loopback(LOOPBACK).encode();
        try (UnixConnection connection = client.connect()) {
            connection.send(
                    Arrays.copyOf(message, message.length - 1),
                    client.descriptors(container),
                    AgentClient.LIMIT);
        }
        assertServed();
    }

    private void assertDropped(byte[] message, List<Integer> descriptors, String reason) {
        assertThatThrownBy(() -> client.send(message, descriptors))
                .isInstanceOf(KernelException.class);
        assertServed();
        assertThat(metrics())
                .containsEntry(
                        "weft_connections_not_served_total{outcome=\"dropped\",reason=\""
                                + reason
                                + "\"}",
                        1.0);
    }

    @Test
    void callerInAnotherRoot_isDeclined() {
        List<Integer> all = client.descriptors(container);
        try (PathDescriptor elsewhere = PathDescriptor.open(directory)) {
            List<Integer> other = List.of(all.get(0), elsewhere.number(), all.get(2));
            assertThat(client.send(loopback(LOOPBACK).encode(), other))
                    .isEqualTo(new Answer.Declined());
        }
        assertThat(metrics())
                .containsEntry(
                        "weft_connections_not_served_total{outcome=\"declined\",reason=\"root\"}",
                        1.0);
    }

    /// The agent opens it anew, which would wait for ever.
    @Test
    void containerThatIsNoNamespace_isAnErrorOfTheCaller() {
        List<Integer> all = client.descriptors(container);
        Answer answer =
                client.send(
                        loopback(LOOPBACK).encode(), List.of(all.get(0), all.get(1), all.get(1)));
        assertThat(((Answer.Answered) answer).exitCode()).isEqualTo(1);
    }

    @Test
    void nonsense_getsTheCodesOfTheSpecification() {
        assertThat(errorCode(loopback("{"))).isEqualTo(6);
        assertThat(errorCode(loopback("[".repeat(1 << 20)))).isEqualTo(6);
        assertThat(errorCode(loopback("{\"cniVersion\": \"9.9.9\", \"name\": \"lo\"}")))
                .isEqualTo(1);
        assertThat(errorCode(client.request("lo\"o\np", "ADD", "c1", LOOPBACK))).isEqualTo(7);
        assertThat(errorCode(client.request("loopback", "add\"\n", "c1", LOOPBACK))).isEqualTo(4);
        Map<String, Double> metrics = metrics();
        assertThat(metrics)
                .containsEntry(
                        "weft_operation_errors_total{code=\"7\",command=\"ADD\",plugin=\"other\"}",
                        1.0)
                .containsEntry(
                        "weft_operation_errors_total{code=\"4\",command=\"other\","
                                + "plugin=\"loopback\"}",
                        1.0);
    }

    @Test
    void metrics_areInPrometheusFormat() {
        assertServed();
        assertServed();
        String count = "weft_operation_duration_seconds_count{command=\"ADD\",plugin=\"loopback\"}";
        String infinite =
                "weft_operation_duration_seconds_bucket{command=\"ADD\",plugin=\"loopback\","
                        + "le=\"+Inf\"}";
        assertThat(metrics())
                .containsEntry(count, 2.0)
                .containsEntry(infinite, 2.0)
                .containsEntry("weft_sites", 1.0)
                .containsEntry("weft_operations_running", 0.0);
    }

    @Test
    void health_isAnObjectOfJson() {
        JsonObject health = JsonParser.parseString(page("/health")).getAsJsonObject();
        assertThat(health.get("status").getAsString()).isEqualTo("ready");
        assertThat(health.get("operationsRunning").getAsInt()).isZero();
        assertThat(health.get("version").getAsString()).isEqualTo(Release.VERSION);
    }

    /// A caller that is gone before its answer, or in the middle of its request.
    @Test
    void mutilatedRequests_doNotEndTheAgent() {
        byte[] whole = loopback(LOOPBACK).encode();
        Seeded.forAll(
                200,
                random -> {
                    byte[] message = Arrays.copyOf(whole, random.between(1, whole.length));
                    for (int i = random.between(0, 4); i > 0; i--) {
                        message[random.between(0, message.length - 1)] = random.bytes(1)[0];
                    }
                    try (UnixConnection connection = client.connect()) {
                        List<Integer> all = client.descriptors(container);
                        List<Integer> some = all.subList(0, random.between(0, all.size()));
                        connection.send(message, some, AgentClient.LIMIT);
                    }
                });
        assertServed();
    }
}
