package dev.weft.bench;

import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.packet.CapturedPacket;
import dev.weft.linux.packet.PacketFilter;
import dev.weft.linux.packet.PacketSocket;
import dev.weft.linux.packet.PacketSocketOptions;
import dev.weft.linux.packet.PacketType;
import dev.weft.linux.route.AddressRequest;
import dev.weft.linux.route.Addresses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// A bridge with a DHCP server, dnsmasq, on it, and containers with an `eth0` each.
final class DhcpLink implements AutoCloseable {
    private static final String BRIDGE = "bench-dhcp";
    private static final IpPrefix OWN = IpPrefix.parse("10.98.0.1/16");
    private static final int UDP = 17;

    /// What the server sent is in the kernel's ring at the latest then.
    private static final Duration RING = Duration.ofMillis(50);

    private final NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE);
    private final Links links = new Links(socket);
    private final int bridge;
    private final List<NetworkNamespace> containers;
    private final Process server;
    private final PacketSocket heard;

    private DhcpLink(int count, Path leases) throws IOException {
        this.bridge = links.create(LinkRequest.of(LinkKind.BRIDGE, BRIDGE).up()).index();
        new Addresses(socket).add(bridge, AddressRequest.of(OWN));
        this.containers = IntStream.range(0, count).mapToObj(this::container).toList();
        this.server =
                new ProcessBuilder(
                                "dnsmasq",
                                "--keep-in-foreground",
                                "--conf-file=/dev/null",
                                "--pid-file=",
                                "--user=root",
                                "--port=0",
                                "--interface=" + BRIDGE,
                                "--bind-interfaces",
                                "--dhcp-authoritative",
                                "--no-ping",
                                "--log-facility=-",
                                "--dhcp-lease-max=10000",
                                "--dhcp-leasefile=" + leases,
                                "--dhcp-range=10.98.1.0,10.98.9.255,255.255.0.0,12h")
                        .redirectErrorStream(true)
                        .start();
        awaitServer();
        try (NetworkNamespace own = NetworkNamespace.current()) {
            this.heard =
                    PacketSocket.open(
                            own,
                            PacketSocketOptions.on(bridge).filter(PacketFilter.ipProtocol(UDP)));
        }
    }

    /// @param leases the server's file
    static DhcpLink open(int containers, Path leases) {
        try {
            return new DhcpLink(containers, leases);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot start dnsmasq", refused);
        }
    }

    private NetworkNamespace container(int number) {
        NetworkNamespace container = NetworkNamespace.create();
        links.create(
                LinkRequest.veth("dhcp" + number, LinkRequest.named("eth0").in(container))
                        .master(bridge)
                        .up());
        return container;
    }

    private void awaitServer() throws IOException {
        BufferedReader said = server.inputReader();
        String line = said.readLine();
        while (line != null && !line.contains("sockets bound")) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("dnsmasq ended");
        }
        // What nobody reads would stop it.
        Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
    }

    /// Where a container's namespace is, for every process.
    Path namespace(int number) {
        return containers.get(number).path();
    }

    /// When the server said something last, in nanoseconds of the time of day.
    long lastAnswerNanoseconds() {
        long last = 0;
        List<CapturedPacket> packets = heard.receive(RING);
        while (!packets.isEmpty()) {
            for (CapturedPacket packet : packets) {
                last = packet.type() == PacketType.OUTGOING ? packet.timeNanoseconds() : last;
            }
            packets = heard.receive(RING);
        }
        return last;
    }

    @Override
    public void close() {
        heard.close();
        server.destroyForcibly().onExit().join();
        containers.forEach(NetworkNamespace::close);
        links.delete(bridge);
        socket.close();
    }
}
