package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.Command;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation dies before and after each of its steps; then DEL, or GC, must leave the node as
/// it was before the ADD.
final class FaultMatrixKernelIT {
    private static final int MOST_STEPS = 200;
    private static final String BRIDGE =
            """
            {"cniVersion": "1.1.0", "name": "base", "bridge": "br9", "isGateway": true,
             "ipam": {"type": "fixed", "addresses": [{"address": "10.9.0.%s/24"}]}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    /// One plugin with one configuration.
    ///
    /// @param name for people
    /// @param plugin of a node
    /// @param configuration `%s` is the last part of the address, another one for each container
    /// @param chained whether it comes after a bridge, whose result it gets
    record Row(String name, Function<Node, Plugin> plugin, String configuration, boolean chained) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// The end of a process.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /// Ends the process at one of the moments before and after each step.
    private static final class Fault implements Steps {
        private final int moment;
        private int now;

        Fault(int moment) {
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

    static Stream<Row> rows() {
        String fixed =
                "\"ipam\": {\"type\": \"fixed\", \"addresses\": [{\"address\": \"10.1.0.%s/24\","
                        + " \"gateway\": \"10.1.0.1\"}, {\"address\": \"fd00:1::%s/64\","
                        + " \"gateway\": \"fd00:1::1\"}], \"routes\": [{\"dst\": \"0.0.0.0/0\"}]}}";
        String head = "{\"cniVersion\": \"1.1.0\", \"name\": \"net\", ";
        String gateway = "\"bridge\": \"br0\", \"isDefaultGateway\": true, ";
        return Stream.of(
                new Row(
                        "bridge, all of it",
                        Node::bridge,
                        head
                                + gateway
                                + "\"ipMasq\": true, \"macspoofchk\": true, \"hairpinMode\": true,"
                                + " \"portIsolation\": true, "
                                + fixed,
                        false),
                new Row(
                        "bridge, layer 2",
                        Node::bridge,
                        head + "\"bridge\": \"br0\", \"macspoofchk\": true}",
                        false),
                new Row("ptp", Node::ptp, head + "\"ipMasq\": true, " + fixed, false));
    }

    /// A node with a row's plugin, ready for one more attachment.
    private static final class Bench implements AutoCloseable {
        final Node node;
        final Row row;
        final NetworkNamespace container;
        final Request add;
        final String before;

        Bench(Path directory, Row row, boolean neighbour) throws IOException {
            this.node = Node.open(directory);
            this.row = row;
            NetworkNamespace other = node.container();
            Request first = request(node, row, "c0", "77", other);
            Result result = row.plugin().apply(node).add(first);
            if (!neighbour) {
                row.plugin().apply(node).delete(node.with(first, Command.DEL, result));
            }
            this.container = node.container();
            this.add = request(node, row, "c1", "78", container);
            this.before = state();
        }

        private static Request request(
                Node node, Row row, String id, String number, NetworkNamespace container) {
            Request own =
                    node.request(
                            Command.ADD, row.configuration().replace("%s", number), id, container);
            if (!row.chained()) {
                return own;
            }
            Request base = node.request(Command.ADD, BRIDGE.replace("%s", number), id, container);
            return node.with(own, Command.ADD, node.bridge().add(base));
        }

        String state() {
            return NodeState.of(node.host())
                    + NodeState.of(container)
                    + NodeState.of(node.state())
                    + NodeState.of(node.leases());
        }

        Plugin plugin() {
            return row.plugin().apply(node);
        }

        /// Whether the process was killed.
        boolean dies(int moment, Runnable operation) {
            node.restart(new Fault(moment));
            try {
                operation.run();
                return false;
            } catch (Killed killed) {
                return true;
            } finally {
                node.restart(Steps.NONE);
            }
        }

        void cleanUp(boolean collect) {
            if (collect) {
                node.collect(plugin(), row.configuration().replace("%s", "78"));
            } else {
                plugin().delete(add.withCommand(Command.DEL));
            }
        }

        @Override
        public void close() {
            node.close();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void addThatDies_isUndoneByDelete(Row row) throws IOException {
        requireRestored(row, false, Command.ADD);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void addThatDies_isUndoneByCollection(Row row) throws IOException {
        requireRestored(row, true, Command.ADD);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void deleteThatDies_isFinishedByDelete(Row row) throws IOException {
        requireRestored(row, false, Command.DEL);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void deleteThatDies_isFinishedByCollection(Row row) throws IOException {
        requireRestored(row, true, Command.DEL);
    }

    /// Without a neighbour where GC cleans up, so that what is shared has to go as well.
    private void requireRestored(Row row, boolean collect, Command dying) throws IOException {
        boolean died = true;
        for (int moment = 1; died; moment++) {
            assertThat(moment).isLessThan(MOST_STEPS);
            Path own = directory.resolve(dying + "-" + moment);
            try (Bench bench = new Bench(own, row, !collect)) {
                Request del = bench.add.withCommand(Command.DEL);
                if (dying == Command.DEL) {
                    bench.plugin().add(bench.add);
                    died = bench.dies(moment, () -> bench.plugin().delete(del));
                } else {
                    died = bench.dies(moment, () -> bench.plugin().add(bench.add));
                }
                bench.cleanUp(collect);
                assertThat(bench.state())
                        .describedAs("%s, %s died at moment %d", row, dying, moment)
                        .isEqualTo(bench.before);
            }
        }
    }
}
