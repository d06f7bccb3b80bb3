package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation dies before and after each of its steps; then DEL, or GC, must leave the node as
/// it was before the ADD.
final class FaultMatrixKernelIT {
    private static final int MOST_MOMENTS = 200;
    private static final int LEAST_MOMENTS = 4;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    /// The end of a process: nothing catches it.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /// Kills at one of the moments before and after each step.
    private static final class Killer implements Steps {
        private final int moment;
        private int now;

        Killer(int moment) {
            this.moment = moment;
        }

        @Override
        public Runnable begin(String name) {
            pass();
            return this::pass;
        }

        private void pass() {
            if (++now == moment) {
                throw new Killed();
            }
        }
    }

    /// How an attachment is removed.
    private enum Removal {
        DEL,
        GC
    }

    static Stream<PluginRow> rows() {
        return PluginRow.makers();
    }

    /// A node with a row's plugin, ready for one more attachment.
    private static final class Bench implements AutoCloseable {
        private final Node node;
        private final PluginRow row;
        private final NetworkNamespace container;
        private final RowAttachment attachment;
        private final String before;

        /// @param neighbour whether another attachment is there, which needs what is shared
        Bench(Path directory, PluginRow row, boolean neighbour) throws IOException {
            this.node = Node.open(directory);
            this.row = row;
            RowAttachment first = new RowAttachment(node, row, node.container(), "77");
            first.add();
            if (!neighbour) {
                first.delete();
            }
            this.container = node.container();
            this.attachment = new RowAttachment(node, row, container, "78");
            this.before = state();
        }

        private String state() {
            return NodeState.of(node) + NodeState.of(container);
        }

        void add() {
            attachment.add();
        }

        void remove(Removal removal) {
            switch (removal) {
                case DEL -> attachment.delete();
                case GC -> node.collect(attachment.plugin(), row.json(node, "78"));
            }
        }

        /// Whether the process was killed.
        boolean dies(int moment, Runnable operation) {
            node.restart(new Killer(moment));
            try {
                operation.run();
                return false;
            } catch (Killed killed) {
                return true;
            } finally {
                node.restart(Steps.NONE);
            }
        }

        void requireAsBefore(String what) {
            assertThat(state()).describedAs("%s, %s", row, what).isEqualTo(before);
        }

        @Override
        public void close() {
            node.close();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void addThatDies_isUndoneByDelete(PluginRow row) throws IOException {
        killAdd(row, Removal.DEL);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void addThatDies_isUndoneByCollection(PluginRow row) throws IOException {
        killAdd(row, Removal.GC);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void deleteThatDies_isFinishedByDelete(PluginRow row) throws IOException {
        killRemoval(row, Removal.DEL, Removal.DEL);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void deleteThatDies_isFinishedByCollection(PluginRow row) throws IOException {
        killRemoval(row, Removal.DEL, Removal.GC);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void collectionThatDies_isFinishedByDelete(PluginRow row) throws IOException {
        killRemoval(row, Removal.GC, Removal.DEL);
    }

    private void killAdd(PluginRow row, Removal removal) throws IOException {
        try (Bench bench = bench(row, removal)) {
            boolean died = true;
            int moment = 1;
            for (; died; moment++) {
                died = bench.dies(moment, bench::add);
                bench.remove(removal);
                bench.requireAsBefore("ADD died at moment " + moment);
            }
            assertThat(moment).isBetween(LEAST_MOMENTS, MOST_MOMENTS);
        }
    }

    private void killRemoval(PluginRow row, Removal dying, Removal next) throws IOException {
        try (Bench bench = bench(row, dying == Removal.GC ? dying : next)) {
            boolean died = true;
            int moment = 1;
            for (; died; moment++) {
                bench.add();
                died = bench.dies(moment, () -> bench.remove(dying));
                bench.remove(next);
                bench.requireAsBefore(dying + " died at moment " + moment);
            }
            assertThat(moment).isBetween(LEAST_MOMENTS, MOST_MOMENTS);
        }
    }

    /// Without a neighbour where GC cleans up, so that what is shared has to go as well.
    private Bench bench(PluginRow row, Removal removal) throws IOException {
        return new Bench(directory, row, removal == Removal.DEL);
    }
}
