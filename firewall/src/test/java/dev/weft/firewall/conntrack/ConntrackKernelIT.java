package dev.weft.firewall.conntrack;

import static dev.weft.firewall.conntrack.ConntrackSandbox.A;
import static dev.weft.firewall.conntrack.ConntrackSandbox.A6;
import static dev.weft.firewall.conntrack.ConntrackSandbox.B;
import static dev.weft.firewall.conntrack.ConntrackSandbox.B6;
import static dev.weft.firewall.value.TransportProtocol.TCP;
import static dev.weft.firewall.value.TransportProtocol.UDP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Entries made by hand, where nothing is tracked.
final class ConntrackKernelIT {
    private static final Duration LONG = Duration.ofHours(1);

    private static ConnectionRequest request(Tuple tuple) {
        return ConnectionRequest.of(tuple).timeout(LONG);
    }

    /// One entry of each kind, and as `conntrack -I` would be asked for some of them.
    private static List<ConnectionRequest> some() {
        return List.of(
                request(Tuple.of(UDP, A, 1000, B, 53)),
                request(Tuple.of(UDP, A6, 1000, B6, 53)).mark(0x8000_0000L),
                request(Tuple.of(TCP, A, 1000, B, 80))
                        .tcpState(TcpState.ESTABLISHED)
                        .status(ConnectionStatus.SEEN_REPLY, ConnectionStatus.ASSURED)
                        .mark(6),
                request(Tuple.of(TCP, A, 1000, B, 80)).tcpState(TcpState.CLOSE_WAIT).zone(9),
                request(Tuple.of(TransportProtocol.GRE, A, 4, B, 5)),
                request(Tuple.of(TransportProtocol.UDP_LITE, A, 4, B, 5)),
                request(Tuple.echo(A, B, 77)),
                request(Tuple.echo(A6, B6, 78)),
                request(new Tuple(B, A, new TransportProtocol(99), new Transport.None())));
    }

    @Test
    void list_ofEntriesOfEveryKind_isWhatConntrackShows() {
        try (ConntrackSandbox sandbox = new ConntrackSandbox()) {
            sandbox.conntrack().create(some());

            assertThat(sandbox.ours()).hasSize(9).isEqualTo(sandbox.theirs("-L"));
            assertThat(sandbox.conntrack().usage().entries()).isEqualTo(9);
            for (ConnectionRequest request : some()) {
                assertThatThrownBy(() -> sandbox.conntrack().create(request))
                        .isInstanceOf(KernelException.class)
                        .hasMessageContaining("EEXIST")
                        .hasMessageContaining(request.toString());
            }
        }
    }

    @Test
    void entriesOfConntrack_areReadAsItShowsThem() {
        try (ConntrackSandbox sandbox = new ConntrackSandbox()) {
            sandbox.run(
                    "conntrack",
                    "-I",
                    "-s",
                    "10.0.0.1",
                    "-d",
                    "10.0.0.2",
                    "-p",
                    "tcp",
                    "--sport",
                    "1",
                    "--dport",
                    "22",
                    "--state",
                    "ESTABLISHED",
                    "-t",
                    "3600",
                    "-w",
                    "7",
                    "-u",
                    "ASSURED,SEEN_REPLY",
                    "-n",
                    "9.9.9.9");

            assertThat(sandbox.ours()).hasSize(1).isEqualTo(sandbox.theirs("-L"));
            Connection connection = sandbox.conntrack().list().getFirst();
            assertThat(connection.original()).isEqualTo(Tuple.of(TCP, A, 1, B, 22));
            assertThat(connection.reply().destination())
                    .isEqualTo(IpPrefix.parseAddress("9.9.9.9"));
            assertThat(connection.tcpState()).contains(TcpState.ESTABLISHED);
            assertThat(connection.zone()).isEqualTo(7);
            assertThat(connection.status())
                    .contains(
                            ConnectionStatus.ASSURED,
                            ConnectionStatus.SEEN_REPLY,
                            ConnectionStatus.SOURCE_NAT);
            assertThat(connection.isTranslated()).isTrue();
            assertThat(connection.timeout().orElseThrow()).isBetween(LONG.minusSeconds(9), LONG);
            assertThat(connection.traffic(Direction.ORIGINAL)).isEmpty();
            assertThat(connection.started()).isEmpty();
            assertThat(connection.master()).isEmpty();
            assertThat(connection.labels().isEmpty()).isTrue();
        }
    }

    /// Each with the options of `conntrack -L` that mean the same, or with none where it has none.
    static Stream<Filtered> filters() {
        ConntrackFilter all = ConntrackFilter.all();
        return Stream.of(
                new Filtered(9, all),
                new Filtered(2, all.family(IpFamily.IPV6), "-f", "ipv6"),
                new Filtered(7, all.family(IpFamily.IPV4), "-f", "ipv4"),
                new Filtered(2, all.protocol(TCP), "-p", "tcp"),
                new Filtered(2, all.protocol(UDP), "-p", "udp"),
                new Filtered(
                        2, all.protocol(UDP).destinationPort(53), "-p", "udp", "--dport", "53"),
                new Filtered(4, all.sourcePort(1000)),
                new Filtered(2, all.protocol(UDP).sourcePort(1000), "-p", "udp", "--sport", "1000"),
                new Filtered(2, all.protocol(UDP).replySourcePort(53)),
                new Filtered(2, all.replyDestinationPort(1000).protocol(TCP)),
                new Filtered(6, all.destinationPorts(5, 80)),
                new Filtered(0, all.destinationPort(1000)),
                new Filtered(6, all.source(IpPrefix.host(A)), "-s", "10.0.0.1"),
                new Filtered(1, all.source(IpPrefix.host(B)), "-s", "10.0.0.2"),
                new Filtered(2, all.source(IpPrefix.host(A6)), "-s", "fd00::1"),
                new Filtered(6, all.destination(IpPrefix.host(B)), "-d", "10.0.0.2"),
                new Filtered(7, all.destination(IpPrefix.parse("10.0.0.0/8")), "-d", "10.0.0.0/8"),
                new Filtered(6, all.replySource(IpPrefix.host(B)), "-r", "10.0.0.2"),
                new Filtered(6, all.replyDestination(IpPrefix.host(A)), "-q", "10.0.0.1"),
                new Filtered(7, all.involving(IpPrefix.host(A))),
                new Filtered(2, all.involving(IpPrefix.parse("fd00::/64"))),
                new Filtered(0, all.involving(IpPrefix.parse("10.0.0.3"))),
                new Filtered(0, all.source(IpPrefix.host(A)).family(IpFamily.IPV6)),
                new Filtered(1, all.mark(6), "-m", "6"),
                new Filtered(1, all.mark(0x8000_0000L, 0x8000_0000L), "-m", "2147483648"),
                new Filtered(0, all.mark(6).mark(7)),
                new Filtered(1, all.zone(9), "-w", "9"),
                new Filtered(8, all.zone(0)),
                new Filtered(1, all.has(ConnectionStatus.ASSURED), "-u", "ASSURED"),
                new Filtered(8, all.hasNone(ConnectionStatus.SEEN_REPLY), "-u", "UNREPLIED"),
                new Filtered(
                        1,
                        all.has(ConnectionStatus.CONFIRMED)
                                .hasNone(ConnectionStatus.ASSURED)
                                .protocol(TCP)),
                new Filtered(
                        1,
                        all.where(it -> it.tcpState().equals(Optional.of(TcpState.CLOSE_WAIT)))));
    }

    record Filtered(int count, ConntrackFilter filter, List<String> theirs) {
        Filtered(int count, ConntrackFilter filter, String... theirs) {
            this(count, filter, List.of(theirs));
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("filters")
    void list_filtered_isWhatIsMeantAndWhatConntrackShows(Filtered filtered) {
        try (ConntrackSandbox sandbox = new ConntrackSandbox()) {
            sandbox.conntrack().create(some());
            List<Connection> all = sandbox.conntrack().list();
            List<String> found = ConntrackSandbox.text(sandbox.conntrack().list(filtered.filter()));

            assertThat(found)
                    .hasSize(filtered.count())
                    .isEqualTo(
                            ConntrackSandbox.text(
                                    all.stream().filter(filtered.filter()::accepts).toList()));
            if (!filtered.theirs().isEmpty()) {
                String[] options =
                        Stream.concat(Stream.of("-L"), filtered.theirs().stream())
                                .toArray(String[]::new);
                assertThat(sandbox.theirs(options)).isEqualTo(found);
            }
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("filters")
    void delete_filtered_removesThoseAndNoOthers(Filtered filtered) {
        try (ConntrackSandbox sandbox = new ConntrackSandbox()) {
            sandbox.conntrack().create(some());

            assertThat(sandbox.conntrack().delete(filtered.filter())).isEqualTo(filtered.count());
            assertThat(sandbox.theirs("-L")).hasSize(9 - filtered.count());
            assertThat(sandbox.conntrack().list(filtered.filter())).isEmpty();
        }
    }

    @Test
    void find_byEitherTuple_isTheConnectionOfTheZone() {
        try (ConntrackSandbox sandbox = new ConntrackSandbox()) {
            sandbox.conntrack().create(some());
            for (ConnectionRequest request : some()) {
                assertThat(request.toString()).startsWith("connection ");
            }
            Tuple tuple = Tuple.of(TCP, A, 1000, B, 80);
            Conntrack conntrack = sandbox.conntrack();

            assertThat(conntrack.find(tuple).orElseThrow().mark()).isEqualTo(6);
            assertThat(conntrack.find(tuple.reversed()).orElseThrow().original()).isEqualTo(tuple);
            assertThat(conntrack.find(tuple, 9).orElseThrow().tcpState())
                    .contains(TcpState.CLOSE_WAIT);
            assertThat(conntrack.find(tuple, 8)).isEmpty();
            assertThat(conntrack.find(Tuple.echo(A6, B6, 78).reversed())).isPresent();

            assertThat(conntrack.delete(tuple, 9)).isTrue();
            assertThat(conntrack.delete(tuple, 9)).isFalse();
            assertThat(conntrack.find(tuple)).isPresent();
        }
    }

    @Test
    void delete_ofAConnectionThatBeganAnew_leavesTheNewOne() {
        try (ConntrackSandbox sandbox = new ConntrackSandbox()) {
            ConnectionRequest request = request(Tuple.of(UDP, A, 1000, B, 53));
            Conntrack conntrack = sandbox.conntrack();
            conntrack.create(request);
            Connection first = conntrack.list().getFirst();
            conntrack.flush();
            // The kernel's id is made of the entry's address, which a new one may have again.
            conntrack.create(request(Tuple.of(UDP, A, 1001, B, 53)));
            conntrack.create(request);
            Connection second = conntrack.find(first.original()).orElseThrow();

            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(conntrack.delete(first)).isFalse();
            assertThat(conntrack.delete(second)).isTrue();
            assertThat(conntrack.list()).hasSize(1);
        }
    }

    @Test
    void update_changesWhatItNamesAndNothingElse() {
        try (ConntrackSandbox sandbox = new ConntrackSandbox()) {
            Conntrack conntrack = sandbox.conntrack();
            conntrack.create(some());
            Tuple tuple = Tuple.of(TCP, A, 1000, B, 80);
            Connection before = conntrack.find(tuple, 9).orElseThrow();

            conntrack.update(
                    ConnectionRequest.of(before)
                            .mark(0xf0, 0xff)
                            .timeout(Duration.ofHours(2))
                            .tcpState(TcpState.TIME_WAIT)
                            .status(ConnectionStatus.SEEN_REPLY, ConnectionStatus.ASSURED));

            Connection after = conntrack.find(tuple, 9).orElseThrow();
            assertThat(after.mark()).isEqualTo(0xf0);
            assertThat(after.timeout().orElseThrow()).isGreaterThan(LONG);
            assertThat(after.tcpState()).contains(TcpState.TIME_WAIT);
            assertThat(after.has(ConnectionStatus.ASSURED)).isTrue();
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(conntrack.find(tuple).orElseThrow().mark()).isEqualTo(6);
            assertThat(sandbox.ours()).isEqualTo(sandbox.theirs("-L"));
        }
    }

    @Test
    void requests_thatCannotBe_areRefusedWithTheReason() {
        try (ConntrackSandbox sandbox = new ConntrackSandbox()) {
            Conntrack conntrack = sandbox.conntrack();
            ConnectionRequest absent = request(Tuple.of(UDP, A, 1, B, 2));

            assertThatThrownBy(() -> conntrack.update(absent.mark(1)))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("update connection udp src=10.0.0.1")
                    .hasMessageContaining("ENOENT");
            assertThatThrownBy(
                            () -> conntrack.create(ConnectionRequest.of(Tuple.of(UDP, A, 1, B, 2))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("without a timeout");
            conntrack.create(absent.status(ConnectionStatus.SEEN_REPLY, ConnectionStatus.ASSURED));
            assertThatThrownBy(() -> conntrack.update(absent.status(ConnectionStatus.ASSURED)))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("EBUSY");
        }
    }

    @Test
    void flush_removesBothFamiliesAndAllZones() {
        try (ConntrackSandbox sandbox = new ConntrackSandbox()) {
            sandbox.conntrack().create(some());
            sandbox.conntrack().flush();
            assertThat(sandbox.theirs("-L")).isEmpty();
            assertThat(sandbox.conntrack().usage().entries()).isZero();
            assertThat(sandbox.conntrack().usage().most()).isPositive();
        }
    }

    @Test
    void settings_areReadBackAsApplied() {
        try (ConntrackSandbox sandbox = new ConntrackSandbox()) {
            for (ConntrackSettings settings :
                    List.of(
                            new ConntrackSettings(true, false),
                            new ConntrackSettings(false, true),
                            new ConntrackSettings(false, false))) {
                settings.apply(sandbox.namespace());
                assertThat(ConntrackSettings.read(sandbox.namespace())).isEqualTo(settings);
            }
        }
    }
}
