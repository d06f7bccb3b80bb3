package dev.weft.cli.kubenet;

import dev.weft.firewall.Nftables;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.namespace.Sysctls;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.Addresses;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The node, as the kernel has it.
final class Node implements AutoCloseable {
    private final NetworkNamespace where;
    private final NetlinkSocket socket;
    private final Nftables nftables;

    private Node(NetworkNamespace where, NetlinkSocket socket, Nftables nftables) {
        this.where = where;
        this.socket = socket;
        this.nftables = nftables;
    }

    /// @param where stays open
    Node(NetworkNamespace where) {
        this(where, NetlinkSocket.open(NetlinkProtocol.ROUTE, where), Nftables.open(where));
    }

    /// The caller's, which anybody may look at: to enter a namespace takes privileges, also where
    /// the caller is inside.
    ///
    /// @param where the caller's; stays open
    static Node here(NetworkNamespace where) {
        return new Node(where, NetlinkSocket.open(NetlinkProtocol.ROUTE), Nftables.open());
    }

    Links links() {
        return new Links(socket);
    }

    Addresses addresses() {
        return new Addresses(socket);
    }

    Nftables nftables() {
        return nftables;
    }

    Sysctls sysctls() {
        return where.sysctls();
    }

    /// @throws IOException when something else has the name
    Optional<Link> bridge(String name) throws IOException {
        Optional<Link> link = links().find(name);
        if (link.isPresent() && !link.get().kind().equals(Optional.of(LinkKind.BRIDGE))) {
            throw new IOException(name + " is there and is no bridge: remove it, or name another");
        }
        return link;
    }

    List<Link> ports(Link bridge) {
        return links().list().stream()
                .filter(link -> link.master().equals(Optional.of(bridge.index())))
                .toList();
    }

    /// The addresses that a link was given.
    List<IpPrefix> given(Link link) {
        return addresses().list(link.index()).stream().flatMap(Node::given).toList();
    }

    private static Stream<IpPrefix> given(Address address) {
        return address.address().isLinkLocalAddress() ? Stream.of() : Stream.of(address.prefix());
    }

    /// Which link but the bridge has an address of a range, in words.
    Optional<String> intruder(PodRange range, String bridge) {
        return links().list().stream()
                .filter(link -> !link.name().equals(bridge))
                .flatMap(link ->
                        given(link).stream()
                                .filter(own -> range.cidr().contains(own.address()))
                                .map(own -> link.name() + " has " + own))
                .findFirst();
    }

    boolean isForwarding(IpFamily family) {
        return sysctls().find(forwarding(family)).filter("1"::equals).isPresent();
    }

    static String[] forwarding(IpFamily family) {
        return switch (family) {
            case IPV4 -> new String[] {"net", "ipv4", "ip_forward"};
            case IPV6 -> new String[] {"net", "ipv6", "conf", "all", "forwarding"};
        };
    }

    /// Whether what bridges forward passes the rules of a family, as it must for services that lead
    /// from a pod to another one of the same node.
    static String[] filteringOfBridges(IpFamily family) {
        return switch (family) {
            case IPV4 -> new String[] {"net", "bridge", "bridge-nf-call-iptables"};
            case IPV6 -> new String[] {"net", "bridge", "bridge-nf-call-ip6tables"};
        };
    }

    @Override
    public void close() {
        nftables.close();
        socket.close();
    }
}
