package dev.weft.ipam.dhcp.live;

import static dev.weft.testkit.Command.isInstalled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.Command;
import dev.weft.cni.Configuration;
import dev.weft.cni.Diagnostics;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.Request;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// As many containers as a node has, on one bridge with a server.
@Timeout(400)
final class ManyLeasesInteropIT {
    private static final int CONTAINERS = 200;

    @TempDir Path directory;
    private final List<NetworkNamespace> containers = new ArrayList<>();

    @AfterEach
    void remove() {
        containers.forEach(NetworkNamespace::close);
        dev.weft.testkit.Command.run("ip", "link", "delete", "srv");
    }

    @Test
    void twoHundredLeases_areHeldByOneThreadWithoutSockets() {
        assumeTrue(isInstalled("dnsmasq"), "dnsmasq is not installed");
        connect();
        try (DhcpServer _ =
                        DhcpServer.dnsmasq(
                                directory.resolve("server"),
                                "10.9.1.0,10.9.2.255,255.255.0.0,12h",
                                "--dhcp-lease-max=1000");
                LeaseHolder holder = new LeaseHolder(directory, _ -> {})) {
            DhcpPlugin plugin = new DhcpPlugin(holder);
            Set<String> addresses = new HashSet<>();
            add(plugin, 0, addresses);
            int descriptors = descriptors();
            long before = usedBytes();
            for (int i = 1; i < CONTAINERS; i++) {
                add(plugin, i, addresses);
            }
            assertThat(addresses).hasSize(CONTAINERS);
            assertThat(holder.count()).isEqualTo(CONTAINERS);
            assertThat(usedBytes() - before).as("heap").isLessThan(4 << 20);
            assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                    .containsOnlyOnce("dhcp");
            awaitDescriptors(descriptors + 8);
            plugin.collect(request(0, Command.GC), Set.of());
            assertThat(holder.count()).isZero();
        }
    }

    /// All are up before the first one asks: what goes by a port that does not forward yet is lost,
    /// and asked again a second later.
    private void connect() {
        DhcpLab.run("ip link add srv type bridge");
        DhcpLab.run("ip address add 10.9.0.1/16 dev srv");
        DhcpLab.run("ip link set srv up");
        try (NetworkNamespace own = NetworkNamespace.current();
                NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE, own)) {
            Links links = new Links(socket);
            int bridge = links.find("srv").orElseThrow().index();
            for (int i = 0; i < CONTAINERS; i++) {
                NetworkNamespace container = NetworkNamespace.create();
                containers.add(container);
                links.create(
                        LinkRequest.veth("v" + i, LinkRequest.named("eth0").in(container))
                                .master(bridge)
                                .up());
                try (LeasedLink link = LeasedLink.find(container.path(), "eth0").orElseThrow()) {
                    link.bringUp(Duration.ofSeconds(30));
                }
            }
        }
    }

    private void add(DhcpPlugin plugin, int container, Set<String> addresses) {
        addresses.add(
                plugin.add(request(container, Command.ADD))
                        .addresses()
                        .getFirst()
                        .address()
                        .toString());
    }

    private Request request(int container, Command command) {
        return new Request(
                command,
                new AttachmentId("c" + container, "eth0"),
                Optional.of(containers.get(container).path().toString()),
                Optional.empty(),
                "",
                new PluginDirectories(List.of()),
                Map.of(),
                Configuration.of(
                        JsonText.parseObject(
                                """
                                {"cniVersion": "1.1.0", "name": "net", "ipam": {"type": "dhcp"}}
                                """,
                                "test")),
                new Diagnostics());
    }

    /// The last sockets are still being closed.
    private static void awaitDescriptors(int most) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (descriptors() > most && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(descriptors()).isLessThanOrEqualTo(most);
    }

    private static int descriptors() {
        return Optional.ofNullable(new File("/proc/self/fd").list()).orElseThrow().length;
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
