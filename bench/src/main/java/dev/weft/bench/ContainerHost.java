package dev.weft.bench;

import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NamedNamespaces;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.route.AddressRequest;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.RouteRequest;
import dev.weft.linux.route.Routes;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;

/// A host with a bridge and namespaces for containers, which every round uses again: the end of a
/// namespace keeps the kernel busy for long.
final class ContainerHost implements AutoCloseable {
    private static final int SET_ASIDE = 0x77f1;
    private static final InetAddress GATEWAY = IpPrefix.parseAddress("10.20.0.1");
    private static final int PREFIX_LENGTH = 16;

    private final NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE);
    private final Links links = new Links(socket);
    private final Link bridge;
    private final List<String> names;

    private ContainerHost(Link bridge, List<String> names) {
        this.bridge = bridge;
        this.names = names;
    }

    static ContainerHost open(int containers) {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE)) {
            Link bridge = new Links(socket).create(LinkRequest.of(LinkKind.BRIDGE, "wbridge").up());
            List<String> names =
                    IntStream.range(0, containers).mapToObj(number -> "bench-" + number).toList();
            names.forEach(name -> NamedNamespaces.create(name).close());
            return new ContainerHost(bridge, names);
        }
    }

    /// Gives a container its network: a port of the bridge, an address, a default route.
    ///
    /// @return the index of the link on the host
    int add(int number) {
        try (NetworkNamespace container = NetworkNamespace.named(names.get(number))) {
            Link port = links.create(veth(number, container));
            configure(container, port.lower().orElseThrow(), address(number));
            return port.index();
        }
    }

    private LinkRequest veth(int number, NetworkNamespace container) {
        return LinkRequest.veth("w" + number, LinkRequest.named("eth0").queues(1).in(container))
                .queues(1)
                .master(bridge.index())
                .up();
    }

    private static void configure(NetworkNamespace container, int eth0, IpPrefix address) {
        try (NetlinkSocket inside = NetlinkSocket.open(NetlinkProtocol.ROUTE, container)) {
            inside.batch(
                    List.of(
                            Links.toChange(eth0, LinkRequest.empty().up()),
                            Addresses.toAdd(eth0, AddressRequest.of(address)),
                            Routes.toAdd(
                                    RouteRequest.to(IpFamily.IPV4.everything()).via(GATEWAY))));
        }
    }

    private static IpPrefix address(int number) {
        int host = number + 2;
        byte[] bytes = {10, 20, (byte) (host >> Byte.SIZE), (byte) host};
        return new IpPrefix(IpPrefix.addressOf(bytes), PREFIX_LENGTH);
    }

    /// Ends a container's network at once; the kernel's wait is left to [#reap].
    void setAside(int link) {
        links.retire(link, SET_ASIDE);
    }

    /// Deletes what was set aside.
    void reap() {
        links.deleteGroup(SET_ASIDE);
    }

    /// Ends a container's network and waits until the kernel has.
    void delete(int link) {
        links.delete(link);
    }

    @Override
    public void close() {
        links.delete(bridge.index());
        names.forEach(NamedNamespaces::delete);
        socket.close();
    }
}
