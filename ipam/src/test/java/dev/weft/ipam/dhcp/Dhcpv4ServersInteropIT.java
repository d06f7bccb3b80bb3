package dev.weft.ipam.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.linux.namespace.NamespaceSockets;
import dev.weft.testkit.Command;
import dev.weft.wire.ClasslessRoute;
import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv4Option;
import dev.weft.wire.Dhcpv4Options;
import dev.weft.wire.EtherType;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.Packet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The client's messages and real servers' answers, over a veth. The client's clock is virtual: its
/// lease comes of age as soon as the test says so.
final class Dhcpv4ServersInteropIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Dhcpv4Settings SETTINGS =
            new Dhcpv4Settings(
                    Cable.MAC,
                    Dhcpv4Options.of(
                            Bench.IDENTIFIER, Dhcpv4Option.text(Dhcpv4Option.HOST_NAME, "pod")),
                    List.of(1, 121, 3, 6, 15, 119, 26, 58, 59),
                    false,
                    new Retransmission(200, 1600, 50));

    /// A server, on the end of the veth that is not the client's.
    enum Peer {
        DNSMASQ("dnsmasq") {
            @Override
            List<String> command(Path directory) throws IOException {
                return List.of(
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--pid-file=",
                        "--user=root",
                        "--port=0",
                        "--interface=srv",
                        "--bind-interfaces",
                        "--dhcp-authoritative",
                        "--no-ping",
                        "--dhcp-leasefile=" + directory.resolve("leases"),
                        "--dhcp-range=10.9.0.100,10.9.0.120,255.255.255.0,1h",
                        "--dhcp-option=option:router,10.9.0.1",
                        "--dhcp-option=option:dns-server,10.9.0.53",
                        "--dhcp-option=option:mtu,1400",
                        "--dhcp-option=option:domain-search,a.example,b.a.example",
                        "--dhcp-option=option:classless-static-route,10.8.0.0/13,10.9.0.2",
                        "--domain=weft.example");
            }
        },
        UDHCPD("busybox") {
            @Override
            List<String> command(Path directory) throws IOException {
                Path configuration =
                        Files.writeString(
                                directory.resolve("udhcpd.conf"),
                                """
                                interface srv
                                start 10.9.0.100
                                end 10.9.0.120
                                lease_file %s/leases
                                pidfile %s/pid
                                option subnet 255.255.255.0
                                option router 10.9.0.1
                                option dns 10.9.0.53
                                option mtu 1400
                                option domain weft.example
                                option search a.example b.a.example
                                option staticroutes 10.8.0.0/13 10.9.0.2
                                option lease 3600
                                """
                                        .replace("%s", directory.toString()));
                Files.createFile(directory.resolve("leases"));
                return List.of("busybox", "udhcpd", "-f", configuration.toString());
            }
        };

        final String program;

        Peer(String program) {
            this.program = program;
        }

        abstract List<String> command(Path directory) throws IOException;
    }

    @TempDir Path directory;
    private final Bench bench = new Bench(SETTINGS);
    private final Cable cable = new Cable(EtherType.IPV4);

    @BeforeEach
    void giveTheServerAnAddress() {
        Cable.ip("address add 10.9.0.1/24 dev srv");
    }

    @AfterEach
    void unplug() {
        cable.close();
    }

    private void start(Peer peer) throws IOException {
        assumeTrue(Command.isInstalled(peer.program), peer.program + " is not installed");
        cable.serve(peer.command(directory), directory.resolve("log"));
    }

    /// Carries messages to and fro until something is so; the clock stands but when nothing comes.
    private void exchange(Dhcpv4Client client, BooleanSupplier isDone) {
        long end = System.nanoTime() + LIMIT.toNanos();
        carryOut(client.advance(bench.now));
        while (!isDone.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s", client.state()).isLessThan(end);
            List<Packet> packets = cable.receive();
            for (Packet packet : packets) {
                assertThat(packet.problems()).isEmpty();
                packet.first(Dhcpv4.View.class)
                        .ifPresent(message -> carryOut(client.receive(message.bytes(), bench.now)));
            }
            if (packets.isEmpty()) {
                bench.now = Math.max(bench.now, client.wakeUpMillis().orElse(bench.now));
                carryOut(client.advance(bench.now));
            }
        }
    }

    private void carryOut(List<Effect> effects) {
        bench.take(effects);
        for (Effect effect : effects) {
            switch (effect) {
                case Transmission.Broadcast broadcast -> cable.send(broadcast.frame());
                case Transmission.Unicast unicast -> send(unicast);
                case LeaseEvent.Acquired(Dhcpv4Lease lease, long _) -> address("add", lease);
                case LeaseEvent.Renewed _ -> {
                    // The servers of this test give no other address.
                }
                case LeaseEvent.Lost(Dhcpv4Lease lease, LeaseEvent.Reason _) ->
                        address("delete", lease);
            }
        }
    }

    private void address(String change, Dhcpv4Lease lease) {
        String prefix = IpAddresses.text(lease.address()) + "/" + lease.prefixLength();
        cable.inside("address " + change + " " + prefix + " dev eth0");
    }

    private void send(Transmission.Unicast unicast) {
        try (DatagramChannel udp =
                NamespaceSockets.udp(
                        cable.container(), new InetSocketAddress(unicast.source(), 68))) {
            udp.send(
                    ByteBuffer.wrap(unicast.payload()),
                    new InetSocketAddress(unicast.destination(), 67));
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }

    private boolean isBound() {
        return bench.client.state() == Dhcpv4State.BOUND;
    }

    private void assertLeaseIsWhatTheServerWasToldToGive() {
        Dhcpv4Lease lease = bench.lease();
        assertThat(IpAddresses.text(lease.address())).startsWith("10.9.0.1");
        assertThat(lease.prefixLength()).isEqualTo(24);
        assertThat(IpAddresses.text(lease.server())).isEqualTo("10.9.0.1");
        assertThat(lease.nameservers()).containsExactly(IpAddresses.parseV4("10.9.0.53"));
        assertThat(lease.mtuBytes()).hasValue(1400);
        assertThat(lease.domain()).hasValue("weft.example");
        assertThat(lease.search()).containsExactly("a.example", "b.a.example");
        assertThat(lease.seconds()).hasValue(3600);
        assertThat(lease.routes())
                .containsExactly(
                        new ClasslessRoute(
                                IpAddresses.parseV4("10.8.0.0"),
                                13,
                                IpAddresses.parseV4("10.9.0.2")));
    }

    @ParameterizedTest
    @EnumSource
    void lease_isGrantedRenewedReboundVerifiedAndReleased(Peer peer) throws IOException {
        start(peer);
        exchange(bench.client, this::isBound);
        assertLeaseIsWhatTheServerWasToldToGive();

        bench.now = bench.client.wakeUpMillis().orElseThrow();
        exchange(bench.client, this::isBound);
        assertThat(bench.events.getLast()).isInstanceOf(LeaseEvent.Renewed.class);
        assertThat(bench.sent.getLast()).isInstanceOf(Transmission.Unicast.class);

        bench.now = bench.client.expiryMillis().orElseThrow() - 100_000;
        exchange(bench.client, this::isBound);
        assertThat(bench.sent.getLast()).isInstanceOf(Transmission.Broadcast.class);
        assertThat(bench.client.expiryMillis()).hasValue(bench.now + Bench.HOUR);

        Dhcpv4Client resumed =
                Dhcpv4Client.resuming(
                        SETTINGS, new SplittableRandom(1), bench.lease(), bench.now, bench.now);
        bench.now = resumed.wakeUpMillis().orElseThrow();
        int events = bench.events.size();
        exchange(resumed, () -> resumed.state() == Dhcpv4State.BOUND);
        assertThat(bench.events).hasSize(events + 1);
        assertThat(bench.events.getLast()).isInstanceOf(LeaseEvent.Renewed.class);

        carryOut(resumed.release(bench.now));
        assertThat(bench.lostBecause()).isEqualTo(LeaseEvent.Reason.RELEASED);
    }

    @ParameterizedTest
    @EnumSource
    void leaseOfAnotherNetwork_isRefusedAndAnotherOneGranted(Peer peer) throws IOException {
        start(peer);
        Dhcpv4Lease foreign = new Bench().bound().lease();
        address("add", foreign);
        Dhcpv4Client resumed =
                Dhcpv4Client.resuming(SETTINGS, new SplittableRandom(1), foreign, 0, 0);
        bench.now = resumed.wakeUpMillis().orElseThrow();
        exchange(
                resumed, () -> resumed.lease().filter(lease -> !lease.equals(foreign)).isPresent());
        assertThat(bench.events)
                .first()
                .isEqualTo(new LeaseEvent.Lost(foreign, LeaseEvent.Reason.REFUSED));
        assertThat(IpAddresses.text(resumed.lease().orElseThrow().address()))
                .startsWith("10.9.0.1");
    }
}
