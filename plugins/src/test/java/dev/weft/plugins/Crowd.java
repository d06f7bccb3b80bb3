package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.namespace.NetworkNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// Many attachments of one row, at one site.
///
/// @param node where
record Crowd(Node node, PluginRow row) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /// Does something in many threads, which all begin at the same moment.
    static <T> List<T> atOnce(int threads, IntFunction<Callable<T>> action) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Callable<T> each = action.apply(i);
                running.add(
                        workers.submit(() -> {
                            start.await();
                            return each.call();
                        }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
            }
            return results;
        }
    }

    /// The two digits of a thread's container.
    static String number(int thread) {
        return Integer.toString(10 + thread);
    }

    /// What attachments share comes with whoever is first and goes with whoever is last, while
    /// others come and go; in the end nothing is left.
    void comesAndGoes(int threads, int rounds) throws Exception {
        List<NetworkNamespace> containers = new ArrayList<>();
        List<RowAttachment> attachments = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            containers.add(node.container());
            attachments.add(new RowAttachment(node, row, containers.getLast(), number(i)));
        }
        attachments.getFirst().add();
        attachments.getFirst().delete();
        String before = state(containers);
        atOnce(
                threads,
                i ->
                        () -> {
                            for (int round = 0; round < rounds; round++) {
                                attachments.get(i).add();
                                attachments.get(i).delete();
                            }
                            return i;
                        });
        assertThat(state(containers)).isEqualTo(before);
    }

    private String state(List<NetworkNamespace> containers) {
        return containers.stream()
                .map(NodeState::of)
                .collect(Collectors.joining("\n", NodeState.of(node), ""));
    }
}
