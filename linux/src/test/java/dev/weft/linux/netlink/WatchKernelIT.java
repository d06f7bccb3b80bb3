package dev.weft.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.Sandbox;
import dev.weft.linux.link.LinkAttributes;
import dev.weft.linux.link.LinkRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// The engine's part of watching, on the plainest table there is: links by index, with their alias.
final class WatchKernelIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int SMALLEST_RECEIVE_BYTES = 1;

    private record Row(int index, String name, String alias) {}

    /// Links, read without the package of links.
    private static final class Rows implements WatchedTable<Integer, Row> {
        private static final int HEADER_BYTES = 16;

        @Override
        public String name() {
            return "links";
        }

        @Override
        public int[] groups() {
            return new int[] {1};
        }

        @Override
        public Dump<Row> dump(NetlinkSocket socket) {
            return socket.dump(
                    NetlinkRequest.of(
                            18,
                            0,
                            writer -> writer.zeros(HEADER_BYTES),
                            Attributes.empty(LinkAttributes.TABLE),
                            "list",
                            "links"),
                    Rows::decode);
        }

        private static Row decode(NetlinkMessage message) {
            Attributes attributes =
                    Attributes.decode(LinkAttributes.TABLE, message.body().from(HEADER_BYTES));
            return new Row(
                    message.body().s32(4),
                    attributes.orElse(LinkAttributes.NAME, ""),
                    attributes.orElse(LinkAttributes.ALIAS, ""));
        }

        @Override
        public Integer key(Row row) {
            return row.index();
        }

        @Override
        public List<Update<Row>> updates(NetlinkMessage message, Map<Integer, Row> rows) {
            Row row = decode(message);
            return List.of(
                    message.type() == 17 ? new Update.Absent<>(row) : new Update.Present<>(row));
        }
    }

    private static Watch<Integer, Row> watch(Sandbox sandbox) {
        return Watch.open(NetlinkProtocol.ROUTE, sandbox.namespace(), new Rows());
    }

    /// Takes changes until the rows are as expected, or none comes any more.
    private static List<Watch.Change<Row>> takeUntil(
            Watch<Integer, Row> watch, Predicate<List<Row>> expected) {
        List<Watch.Change<Row>> all = new ArrayList<>();
        List<Watch.Change<Row>> some;
        do {
            some = watch.next(LONG);
            all.addAll(some);
        } while (!some.isEmpty() && !expected.test(watch.rows()));
        return all;
    }

    /// The kernel tells of an alias only while the link is up (`netdev_state_change`).
    private static Sandbox sandbox() {
        Sandbox sandbox = new Sandbox();
        sandbox.links().change(1, LinkRequest.empty().up());
        return sandbox;
    }

    private static void alias(Sandbox sandbox, String text) {
        sandbox.links().change(1, LinkRequest.empty().alias(text));
    }

    @Test
    void next_atFirst_bringsWhatIsThere() {
        try (Sandbox sandbox = sandbox();
                Watch<Integer, Row> watch = watch(sandbox)) {
            sandbox.veth("a", "b");
            assertThat(watch.next(LONG))
                    .contains(new Watch.Change.Added<>(new Row(1, "lo", "")))
                    .hasSize(3);
        }
    }

    @Test
    void next_afterEachKindOfChange_saysWhichItWas() {
        try (Sandbox sandbox = sandbox();
                Watch<Integer, Row> watch = watch(sandbox)) {
            watch.next(LONG);
            int index = sandbox.veth("a", "b").index();
            sandbox.links().change(index, LinkRequest.empty().alias("one"));
            sandbox.links().delete(index);
            List<Watch.Change<Row>> changes = takeUntil(watch, rows -> rows.size() == 1);
            assertThat(changes)
                    .contains(
                            new Watch.Change.Added<>(new Row(index, "a", "")),
                            new Watch.Change.Changed<>(
                                    new Row(index, "a", ""), new Row(index, "a", "one")),
                            new Watch.Change.Removed<>(new Row(index, "a", "one")));
        }
    }

    @Test
    void next_whenTheKernelLostNotifications_endsInTheFinalState() {
        try (Sandbox sandbox = sandbox();
                Watch<Integer, Row> watch = watch(sandbox)) {
            watch.next(LONG);
            watch.receiveRoom(SMALLEST_RECEIVE_BYTES);
            int gone = sandbox.veth("gone", "gonepeer").index();
            for (int i = 0; i < 200; i++) {
                alias(sandbox, "alias " + i);
            }
            sandbox.links().delete(gone);
            sandbox.veth("a", "b");
            alias(sandbox, "last");
            takeUntil(watch, rows -> rows.contains(new Row(1, "lo", "last")));
            assertThat(watch.overruns()).isPositive();
            assertThat(watch.rows())
                    .extracting(Row::name, Row::alias)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple("lo", "last"),
                            org.assertj.core.groups.Tuple.tuple("a", ""),
                            org.assertj.core.groups.Tuple.tuple("b", ""));
        }
    }

    @Test
    void next_whileAnotherThreadKeepsChanging_endsInTheFinalState() throws Exception {
        try (Sandbox sandbox = sandbox();
                Watch<Integer, Row> watch = watch(sandbox)) {
            watch.receiveRoom(SMALLEST_RECEIVE_BYTES);
            FutureTask<Void> changing =
                    new FutureTask<>(
                            () -> {
                                for (int i = 0; i <= 2000; i++) {
                                    alias(sandbox, "alias " + i);
                                }
                            },
                            null);
            Thread thread = Thread.ofPlatform().start(changing);
            Row last = new Row(1, "lo", "alias 2000");
            takeUntil(watch, rows -> rows.contains(last));
            thread.join();
            changing.get();
            assertThat(watch.rows()).containsExactly(last);
        }
    }

    @Test
    void close_fromAnotherThread_wakesTheTaker() throws Exception {
        try (Sandbox sandbox = sandbox()) {
            Watch<Integer, Row> watch = watch(sandbox);
            watch.next(LONG);
            FutureTask<List<Watch.Change<Row>>> waiting =
                    new FutureTask<>(() -> watch.next(Duration.ofHours(1)));
            Thread thread = Thread.ofPlatform().start(waiting);
            watch.close();
            thread.join(LONG);
            assertThat(waiting.get()).isEmpty();
            assertThat(watch.isOpen()).isFalse();
        }
    }
}
