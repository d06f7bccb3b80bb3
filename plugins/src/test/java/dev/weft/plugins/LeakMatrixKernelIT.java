package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.conntrack.Connection;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.namespace.NamespaceSockets;
import dev.weft.plugins.PluginRow.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever has happened to a container, and however little its DEL says: DEL succeeds, and the
/// node is as it was before the ADD.
final class LeakMatrixKernelIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    static Stream<Arguments> matrix() {
        return PluginRow.all()
                .flatMap(row ->
                        Stream.of(LateDelete.values())
                                .filter(late -> canHappen(late, row))
                                .map(late -> Arguments.of(row, late)));
    }

    private static boolean canHappen(LateDelete late, PluginRow row) {
        return switch (late) {
            case INTERFACE_GONE -> row.place() != Place.ALONE && row.place() != Place.MOVED;
            case NETNS_PATH_GONE -> row.place() != Place.MOVED;
            case NETNS_EMPTY, NETNS_PATH_OF_A_DIRECTORY, SECOND_DEL, NOTHING_REPEATED -> true;
        };
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("matrix")
    void deleteThatComesLate_leavesNothing(PluginRow row, LateDelete late) throws IOException {
        try (LateContainer container = new LateContainer(directory, row)) {
            container.attach();
            container.detach(late);
        }
    }

    /// What other plugins leave: it is there, and goes.
    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bridge, all of it   | masquerade                | NETNS_PATH_GONE  | 10.1.0.78 comment
                    bridge, iptables    | masquerade                | NETNS_PATH_GONE  | 10.1.0.78
                    bridge, all of it   | spoof chains              | NETNS_EMPTY      | table bridge weft
                    ptp                 | masquerade                | NETNS_PATH_GONE  | 10.1.0.78
                    host-device         | IP                        | NETNS_EMPTY      | c78:eth0
                    host-local          | needs valid ranges        | NOTHING_REPEATED | c78
                    portmap             | portMappings not repeated | NOTHING_REPEATED | 8078
                    portmap, conditions | portMappings not repeated | NOTHING_REPEATED | 8078
                    portmap, iptables   | portMappings not repeated | NOTHING_REPEATED | CNI-DN-
                    portmap             | route_localnet            | NETNS_PATH_GONE  | br9 route_localnet = 1
                    portmap, iptables   | route_localnet            | NETNS_PATH_GONE  | br9 route_localnet = 1
                    firewall, iptables  | no prevResult             | NOTHING_REPEATED | CNI-FORWARD
                    firewall, iptables  | isolation rules           | NOTHING_REPEATED | CNI-ISOLATION
                    firewall, isolated  | isolation rules           | NOTHING_REPEATED | protected
                    bandwidth           | ifb                       | NETNS_PATH_GONE  | bwp
                    sbr                 | stray file                | NETNS_PATH_GONE  | c78:eth0:sbr
                    tuning              | backup file               | NETNS_PATH_GONE  | c78_eth0.json
                    """)
    void leakOfTheReference_isNone(String row, String leak, LateDelete late, String trace)
            throws IOException {
        PluginRow of = PluginRow.named(row);
        try (LateContainer container = new LateContainer(directory, of)) {
            assertThat(container.before()).as(leak).doesNotContain(trace);
            assertThat(container.attach()).as(leak).contains(trace);
            container.detach(late);
        }
    }

    static Stream<Arguments> spoilt() {
        return PluginRow.makers()
                .filter(row ->
                        !row.name().equals("portmap, iptables") && row.place() != Place.MOVED)
                .flatMap(row -> Stream.of("", " ", "{").map(content -> Arguments.of(row, content)));
    }

    /// With content that cannot be, with nothing in it, and with half of it. Of portmap with
    /// iptables nothing else tells what `route_localnet` was, and of a device in a container that
    /// the DEL does not name, where it is.
    @ParameterizedTest(name = "{0}: \"{1}\"")
    @MethodSource("spoilt")
    void recordThatCannotBeUnderstood_isAsGoodAsNone(PluginRow row, String content)
            throws IOException {
        try (LateContainer container = new LateContainer(directory, row)) {
            container.attach();
            container.spoilRecords(content);
            container.detach(LateDelete.NETNS_EMPTY);
        }
    }

    static Stream<PluginRow> makers() {
        return PluginRow.makers();
    }

    @ParameterizedTest
    @MethodSource("makers")
    void collection_forgetsARecordThatCannotBeUnderstood(PluginRow row) throws IOException {
        try (LateContainer container = new LateContainer(directory, row)) {
            String record = ":eth0:" + row.plugin().apply(container.node()).type();
            assertThat(container.attach()).contains(record);
            container.spoilRecords("");
            assertThat(container.collect()).doesNotContain(record);
        }
    }

    @Test
    void portmap_conntrackEntry_goes() throws IOException {
        try (LateContainer container = new LateContainer(directory, PluginRow.named("portmap"))) {
            container.attach();
            Node node = container.node();
            sendToHost(node, 5378);
            assertThat(flowsTo(node, "10.9.0.78")).isNotEmpty();
            container.detach(LateDelete.NOTHING_REPEATED);
            assertThat(flowsTo(node, "10.9.0.78")).isEmpty();
        }
    }

    private static void sendToHost(Node node, int port) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramChannel client =
                NamespaceSockets.udp(node.host(), new InetSocketAddress(loopback, 0))) {
            client.send(ByteBuffer.allocate(1), new InetSocketAddress(loopback, port));
        }
    }

    private static List<Connection> flowsTo(Node node, String container) {
        return node.site().conntrack().list().stream()
                .filter(flow -> IpPrefix.textOf(flow.reply().source()).equals(container))
                .toList();
    }
}
