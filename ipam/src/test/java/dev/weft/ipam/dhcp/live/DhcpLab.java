package dev.weft.ipam.dhcp.live;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Command;
import dev.weft.cni.Configuration;
import dev.weft.cni.Diagnostics;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.IpFamily;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Watch;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.Addresses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A cable between `srv`, where a server is, and `eth0` of a container, and the plugin.
final class DhcpLab implements AutoCloseable {
    static final String NETWORK = "net";
    private static final String MAC = "02:00:00:00:00:77";

    private final NetworkNamespace container = NetworkNamespace.create();
    private final BlockingQueue<String> journal = new LinkedBlockingQueue<>();
    private final Path directory;
    private LeaseHolder holder;

    /// @param directory for leases, ours and the server's
    DhcpLab(Path directory) {
        this.directory = directory;
        this.holder = open();
        run("ip link add srv type veth peer name eth0 address " + MAC + " netns " + path());
        run("ip link set srv addrgenmode none up");
        run("ip address add 10.9.0.1/24 dev srv");
        inside("ip link set eth0 addrgenmode none");
    }

    /// Brings up the container's end, for servers that do not look at a link again that is down.
    void plugIn() {
        inside("ip link set eth0 up");
        try (NetworkNamespace own = NetworkNamespace.current();
                LeasedLink link = LeasedLink.find(own.path(), "srv").orElseThrow()) {
            link.bringUp(Duration.ofSeconds(30));
        }
    }

    private LeaseHolder open() {
        LeaseHolder opened = new LeaseHolder(directory, journal::add);
        opened.resume();
        return opened;
    }

    Path leases() {
        return directory.resolve("dhcp");
    }

    Path serverLeases() {
        return directory.resolve("server.leases");
    }

    Path path() {
        return container.path();
    }

    LeaseHolder holder() {
        return holder;
    }

    DhcpPlugin plugin() {
        return new DhcpPlugin(holder);
    }

    /// What a process does that ends and comes again.
    void restart() {
        holder.close();
        holder = open();
    }

    static String run(String command) {
        return dev.weft.testkit.Command.run(command.split(" ", -1)).orFail().stdout();
    }

    String inside(String command) {
        return run("nsenter --net=" + path() + " " + command);
    }

    /// An ADD, and what the plugin does that delegated it.
    ///
    /// @param ipam more keys of the object
    Result add(String ipam) {
        Result result = plugin().add(request(Command.ADD, ipam, ""));
        result.addresses()
                .forEach(address -> inside("ip address add " + address.address() + " dev eth0"));
        result.routes()
                .forEach(route ->
                        inside(
                                "ip route add "
                                        + route.destination()
                                        + route.gateway()
                                                .map(router -> " via " + router.getHostAddress())
                                                .orElse("")
                                        + " dev eth0"));
        return result;
    }

    void delete() {
        plugin().delete(request(Command.DEL, "", ""));
    }

    Request request(Command command, String ipam, String rest) {
        return new Request(
                command,
                new AttachmentId("c1", "eth0"),
                Optional.of(path().toString()),
                Optional.empty(),
                "",
                new PluginDirectories(List.of()),
                Map.of(),
                Configuration.of(
                        JsonText.parseObject(
                                "{\"cniVersion\": \""
                                        + CniVersion.V1_1_0
                                        + "\", \"name\": \"net\", \"type\": \"macvlan\","
                                        + " \"ipam\": {\"type\": \"dhcp\""
                                        + ipam
                                        + "}"
                                        + rest
                                        + "}",
                                "test")),
                new Diagnostics());
    }

    /// Waits until the container has these addresses and no others.
    void awaitAddresses(String... wanted) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try (Watch<?, Address> watch = Addresses.watch(container);
                NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE, container)) {
            while (!addresses(socket).equals(List.of(wanted))) {
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (left.isNegative()) {
                    throw new AssertionError(addresses(socket) + " instead; " + journal);
                }
                watch.next(left);
            }
        }
    }

    /// IPv6 on both ends: link-local addresses, and the server's own.
    void enableIpv6() {
        run("ip address add fe80::1/64 dev srv nodad");
        run("ip address add fd09::1/64 dev srv nodad");
        inside("ip link set eth0 addrgenmode eui64");
    }

    private static List<String> addresses(NetlinkSocket socket) {
        return new Addresses(socket)
                .list(IpFamily.IPV4).stream().map(Address::prefix).map(Object::toString).toList();
    }

    /// What the driver has said and nobody has waited for: nothing as long as a lease is extended.
    List<String> journal() {
        return List.copyOf(journal);
    }

    /// Waits until the driver says something.
    String awaitJournal(String part) throws InterruptedException {
        List<String> said = new ArrayList<>();
        for (String line = journal.poll(30, TimeUnit.SECONDS);
                line != null;
                line = journal.poll(30, TimeUnit.SECONDS)) {
            said.add(line);
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("never \"" + part + "\": " + said);
    }

    /// The container's namespace ends.
    void vanish() {
        container.close();
    }

    @Override
    public void close() {
        holder.close();
        dev.weft.testkit.Command.run("ip", "link", "delete", "srv");
        container.close();
    }
}
