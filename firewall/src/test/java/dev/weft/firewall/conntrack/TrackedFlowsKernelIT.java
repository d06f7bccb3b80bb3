package dev.weft.firewall.conntrack;

import static dev.weft.firewall.value.TransportProtocol.TCP;
import static dev.weft.firewall.value.TransportProtocol.UDP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.IpPrefix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Real flows over a namespace's loopback, tracked as a rule asks for it.
final class TrackedFlowsKernelIT {
    private static final InetAddress LOOPBACK = IpPrefix.parseAddress("127.0.0.1");
    private static final String RULES =
            """
            table inet track {
                ct helper files { type "ftp" protocol tcp; }
                chain zones {
                    type filter hook output priority -301;
                    udp dport 7001 ct zone set 7
                    udp dport 7002 ct original zone set 8
                }
                chain output {
                    type filter hook output priority 0;
                    ct state new ct mark set 0x10
                    tcp dport 21 ct helper set "files"
                    ct label set 5
                }
                chain nat {
                    type nat hook output priority -100;
                    udp dport 7000 dnat ip to 127.0.0.1:7777
                }
            }
            """;

    private static ConntrackSandbox tracking() {
        ConntrackSandbox sandbox = new ConntrackSandbox();
        new ConntrackSettings(true, false).apply(sandbox.namespace());
        sandbox.load(RULES);
        return sandbox;
    }

    /// A UDP socket inside.
    private static DatagramSocket udp(ConntrackSandbox sandbox) {
        return sandbox.namespace()
                .open(() -> {
                    try {
                        return new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                });
    }

    private static void send(DatagramSocket from, InetAddress to, int port) throws IOException {
        from.send(new DatagramPacket(new byte[10], 10, to, port));
    }

    private static void exchange(DatagramSocket one, DatagramSocket other) throws IOException {
        send(one, other.getLocalAddress(), other.getLocalPort());
        send(other, one.getLocalAddress(), one.getLocalPort());
    }

    private static void assertSame(ConntrackSandbox sandbox, int count) {
        assertThat(sandbox.ours()).hasSize(count).isEqualTo(sandbox.theirs("-L"));
    }

    @Test
    void list_ofRealFlows_isWhatConntrackShows() throws IOException {
        try (ConntrackSandbox sandbox = tracking();
                DatagramSocket one = udp(sandbox);
                DatagramSocket other = udp(sandbox)) {
            exchange(one, other);
            for (int port = 7000; port <= 7002; port++) {
                send(one, LOOPBACK, port);
            }
            sandbox.run("ping", "-c", "1", "127.0.0.1");
            sandbox.run("ping", "-c", "1", "::1");

            assertSame(sandbox, 6);
            Conntrack conntrack = sandbox.conntrack();
            Connection both =
                    conntrack
                            .find(
                                    Tuple.of(
                                            UDP,
                                            LOOPBACK,
                                            one.getLocalPort(),
                                            LOOPBACK,
                                            other.getLocalPort()))
                            .orElseThrow();
            assertThat(both.has(ConnectionStatus.SEEN_REPLY)).isTrue();
            assertThat(both.mark()).isEqualTo(0x10);
            assertThat(both.labels()).isEqualTo(BitSet.valueOf(new long[] {1 << 5}));
            assertThat(both.timeout().orElseThrow()).isLessThanOrEqualTo(Duration.ofMinutes(2));
            assertThat(both.traffic(Direction.ORIGINAL))
                    .contains(new Connection.Traffic(1, 10 + 8 + 20));
            assertThat(conntrack.list(ConntrackFilter.all().zone(7)))
                    .singleElement()
                    .satisfies(it -> assertThat(it.zone(Direction.REPLY)).isEqualTo(7));
            assertThat(conntrack.list(ConntrackFilter.all().zone(8)))
                    .singleElement()
                    .satisfies(it -> {
                        assertThat(it.zone()).isZero();
                        assertThat(it.zone(Direction.ORIGINAL)).isEqualTo(8);
                    });
        }
    }

    @Test
    void natOfAPublishedPort_isFoundByEachOfItsAddressesAndDeleted() throws IOException {
        try (ConntrackSandbox sandbox = tracking();
                DatagramSocket one = udp(sandbox)) {
            send(one, LOOPBACK, 7000);
            send(one, LOOPBACK, 7005);
            ConntrackFilter published = ConntrackFilter.all().protocol(UDP).destinationPort(7000);

            assertThat(sandbox.conntrack().list(published))
                    .singleElement()
                    .satisfies(it -> {
                        assertThat(it.has(ConnectionStatus.DESTINATION_NAT)).isTrue();
                        assertThat(it.reply())
                                .isEqualTo(
                                        Tuple.of(
                                                UDP, LOOPBACK, 7777, LOOPBACK, one.getLocalPort()));
                    });
            assertThat(
                            sandbox.conntrack()
                                    .list(
                                            ConntrackFilter.all()
                                                    .protocol(UDP)
                                                    .replySourcePort(7777)
                                                    .has(ConnectionStatus.DESTINATION_NAT)))
                    .hasSize(1);
            assertThat(sandbox.conntrack().delete(published)).isEqualTo(1);
            assertSame(sandbox, 1);
        }
    }

    @Test
    void zonesOfOneDirection_areDeletedAsTheyWereRead() throws IOException {
        try (ConntrackSandbox sandbox = tracking();
                DatagramSocket one = udp(sandbox)) {
            for (int port = 7001; port <= 7003; port++) {
                send(one, LOOPBACK, port);
            }
            assertThat(sandbox.conntrack().delete(ConntrackFilter.all().zone(8))).isEqualTo(1);
            assertThat(sandbox.conntrack().delete(ConntrackFilter.all().zone(7))).isEqualTo(1);
            assertThat(sandbox.conntrack().delete(ConntrackFilter.all().mark(0x10))).isEqualTo(1);
            assertThat(sandbox.theirs("-L")).isEmpty();
        }
    }

    @Test
    void tcpConnection_hasStateHelperAndTimes() throws IOException {
        try (ConntrackSandbox sandbox = tracking()) {
            new ConntrackSettings(true, true).apply(sandbox.namespace());
            Instant before = Instant.now().minusSeconds(1);
            try (ServerSocket server = listen(sandbox, 21);
                    Socket client = connect(sandbox, 21);
                    Socket accepted = server.accept()) {
                ConntrackFilter control = ConntrackFilter.all().protocol(TCP).destinationPort(21);
                Connection connection = sandbox.conntrack().list(control).getFirst();
                assertThat(accepted.isConnected()).isTrue();
                assertThat(connection.tcpState()).contains(TcpState.ESTABLISHED);
                assertThat(connection.helper()).contains("ftp");
                assertThat(connection.started().orElseThrow())
                        .isBetween(before, Instant.now().plusSeconds(1));
                assertThat(connection.stopped()).isEmpty();
                assertThat(connection.toString())
                        .contains(" helper=ftp ", " ESTABLISHED ", " [ASSURED] ");
                client.shutdownOutput();
                assertThat(accepted.getInputStream().read()).isEqualTo(-1);
                assertThat(sandbox.conntrack().list(control).getFirst().tcpState().orElseThrow())
                        .isIn(TcpState.FIN_WAIT, TcpState.CLOSE_WAIT);
            }
        }
    }

    private static ServerSocket listen(ConntrackSandbox sandbox, int port) {
        return sandbox.namespace()
                .open(() -> {
                    try {
                        return new ServerSocket(port, 1, LOOPBACK);
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                });
    }

    private static Socket connect(ConntrackSandbox sandbox, int port) {
        return sandbox.namespace()
                .open(() -> {
                    try {
                        return new Socket(LOOPBACK, port);
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                });
    }

    @Test
    void labels_areSetWhereThereIsRoomForThem() throws IOException {
        try (ConntrackSandbox sandbox = tracking();
                DatagramSocket one = udp(sandbox)) {
            send(one, LOOPBACK, 9);
            BitSet labels = new BitSet();
            labels.set(0);
            labels.set(64);
            labels.set(127);
            Connection connection = sandbox.conntrack().list().getFirst();
            sandbox.conntrack().update(ConnectionRequest.of(connection).labels(labels));
            assertThat(sandbox.conntrack().list().getFirst().labels()).isEqualTo(labels);
        }
    }

    @Test
    void events_tellOfBeginningsChangesAndEnds() throws IOException {
        ConntrackFilter udp = ConntrackFilter.all().protocol(UDP);
        try (ConntrackSandbox sandbox = tracking();
                ConnectionEvents events = ConnectionEvents.open(sandbox.namespace(), udp);
                DatagramSocket one = udp(sandbox);
                DatagramSocket other = udp(sandbox)) {
            sandbox.run("ping", "-c", "1", "127.0.0.1");
            exchange(one, other);
            Connection begun = ((ConnectionEvent.Created) next(events)).connection();
            Connection changed = ((ConnectionEvent.Updated) next(events)).connection();
            assertThat(begun.original().transport())
                    .isEqualTo(new Transport.Ports(one.getLocalPort(), other.getLocalPort()));
            assertThat(begun.mark()).isEqualTo(0x10);
            assertThat(changed.id()).isEqualTo(begun.id());
            assertThat(changed.has(ConnectionStatus.SEEN_REPLY)).isTrue();

            assertThat(sandbox.conntrack().delete(udp)).isEqualTo(1);
            Connection ended = ((ConnectionEvent.Destroyed) next(events)).connection();
            assertThat(ended.id()).isEqualTo(begun.id());
            assertThat(ended.traffic(Direction.REPLY).orElseThrow().packets()).isEqualTo(1);
            assertThat(events.next(Duration.ZERO)).isEmpty();
        }
    }

    private static ConnectionEvent next(ConnectionEvents events) {
        return events.next(Duration.ofSeconds(10)).orElseThrow();
    }

    @Test
    void events_thatWereLost_areSaidToBe() {
        try (ConntrackSandbox sandbox = new ConntrackSandbox();
                ConnectionEvents events = ConnectionEvents.open(sandbox.namespace())) {
            sandbox.conntrack().create(ManyConnections.requests(20_000));
            int told = 0;
            ConnectionEvent event = next(events);
            while (event instanceof ConnectionEvent.Created) {
                told++;
                event = next(events);
            }
            assertThat(event).isEqualTo(new ConnectionEvent.Resynchronise());
            assertThat(told).isLessThan(20_000);
            assertThat(sandbox.conntrack().list()).hasSize(20_000);
        }
    }

    @Test
    void delete_whileFlowsGoOn_neverFails() throws IOException {
        try (ConntrackSandbox sandbox = tracking();
                DatagramSocket one = udp(sandbox)) {
            Thread traffic =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    for (int i = 0; i < 20_000; i++) {
                                        send(one, LOOPBACK, 10_000 + i % 500);
                                    }
                                } catch (IOException failed) {
                                    throw new UncheckedIOException(failed);
                                }
                            });
            int deleted = 0;
            while (traffic.isAlive()) {
                deleted += sandbox.conntrack().delete(ConntrackFilter.all().protocol(UDP));
            }
            assertThat(deleted).isPositive();
            sandbox.conntrack().delete(ConntrackFilter.all());
            assertThat(sandbox.conntrack().list()).isEqualTo(List.of());
        }
    }
}
