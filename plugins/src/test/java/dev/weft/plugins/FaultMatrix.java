package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.site.Steps;
import java.io.IOException;
import java.nio.file.Path;

/// One row's operations, each of which dies before and after each of its steps; then DEL, or GC,
/// must leave the node as it was before the ADD.
///
/// @param directory for the node's files
record FaultMatrix(Path directory, PluginRow row) {
    private static final int MOST_MOMENTS = 200;
    private static final int LEAST_MOMENTS = 4;

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
    enum Removal {
        DEL,
        GC
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

    /// @param removal what undoes an ADD that dies
    void killAdd(Removal removal) throws IOException {
        try (Bench bench = bench(removal)) {
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

    /// @param dying the operation that dies
    /// @param next what finishes it
    void killRemoval(Removal dying, Removal next) throws IOException {
        try (Bench bench = bench(dying == Removal.GC ? dying : next)) {
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
    private Bench bench(Removal removal) throws IOException {
        return new Bench(directory, row, removal == Removal.DEL);
    }
}
