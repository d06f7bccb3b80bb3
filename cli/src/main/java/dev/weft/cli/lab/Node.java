package dev.weft.cli.lab;

import dev.weft.cli.lab.Operation.LabRoute;
import dev.weft.linux.Errno;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.BridgePortAttributes;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkFlag;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.link.MacvlanAttributes;
import dev.weft.linux.link.MacvlanMode;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.namespace.PrivateNamespaces;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Watch;
import dev.weft.linux.route.AddressRequest;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.RouteAnswer;
import dev.weft.linux.route.RouteLookup;
import dev.weft.linux.route.RouteRequest;
import dev.weft.linux.route.Routes;
import dev.weft.linux.route.RuleRequest;
import dev.weft.linux.route.Rules;
import java.time.Duration;

/// One namespace of a lab, and what operations and experiments do in it.
final class Node implements AutoCloseable {
    private static final Duration CARRIER_LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final NetworkNamespace namespace;
    private final NetlinkSocket socket;

    private Node(String name, NetworkNamespace namespace) {
        this.name = name;
        this.namespace = namespace;
        this.socket = NetlinkSocket.open(NetlinkProtocol.ROUTE, namespace);
    }

    /// A new namespace with its loopback up.
    static Node create(String name) {
        Node node = new Node(name, NetworkNamespace.create());
        node.setUp("lo");
        return node;
    }

    String name() {
        return name;
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    Links links() {
        return new Links(socket);
    }

    Addresses addresses() {
        return new Addresses(socket);
    }

    Routes routes() {
        return new Routes(socket);
    }

    Rules rules() {
        return new Rules(socket);
    }

    /// A link that an operation has made.
    Link link(String link) {
        return links().find(link)
                .orElseThrow(() ->
                        KernelException.of(Errno.ENODEV.number(), "find", link + " in " + name));
    }

    LinkNames linkNames() {
        return LinkNames.of(links().list());
    }

    void addBridge(String bridge) {
        links().create(LinkRequest.of(LinkKind.BRIDGE, bridge));
    }

    void addVeth(String link, Node peerNode, String peerLink) {
        LinkRequest peer = LinkRequest.named(peerLink).in(peerNode.namespace).queues(1);
        links().create(LinkRequest.veth(link, peer).queues(1));
    }

    void addMacvlan(String parent, MacvlanMode mode, Node target, String link) {
        links().create(
                        LinkRequest.of(
                                        LinkKind.MACVLAN,
                                        link,
                                        data -> data.put(MacvlanAttributes.MODE, mode))
                                .lower(link(parent).index())
                                .in(target.namespace));
    }

    void setMaster(String link, String bridge) {
        change(link, LinkRequest.empty().master(link(bridge).index()));
    }

    void setHairpin(String link, boolean on) {
        change(
                link,
                LinkRequest.portOf(
                        LinkKind.BRIDGE, port -> port.put(BridgePortAttributes.HAIRPIN, on)));
    }

    void setUp(String link) {
        change(link, LinkRequest.empty().up());
    }

    private void change(String link, LinkRequest request) {
        links().change(link(link).index(), request);
    }

    void addAddress(String link, IpPrefix address) {
        addresses().add(link(link).index(), AddressRequest.of(address));
    }

    void addRoute(LabRoute route) {
        RouteRequest request =
                RouteRequest.to(route.destination()).type(route.type()).table(route.table());
        if (route.gateway().isPresent()) {
            request = request.via(route.gateway().get());
        }
        routes().add(route.metric() == 0 ? request : request.metric(route.metric()));
    }

    void addRule(IpPrefix source, int table, int priority) {
        rules().add(RuleRequest.table(IpFamily.IPV4, table).from(source).priority(priority));
    }

    RouteAnswer route(RouteQuestion question) {
        RouteLookup lookup = RouteLookup.to(question.destination());
        if (question.source().isPresent()) {
            lookup = lookup.from(question.source().get());
        }
        if (question.arrival().isPresent()) {
            lookup = lookup.comingInBy(link(question.arrival().get()).index());
        }
        return routes().lookUp(lookup);
    }

    /// Waits until every link that is set up has its carrier.
    ///
    /// @throws KernelException ETIMEDOUT when one has none for too long
    void awaitCarrier() {
        long deadline = System.nanoTime() + CARRIER_LIMIT.toNanos();
        try (Watch<Integer, Link> watch = Links.watch(namespace)) {
            while (!hasCarrier()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw KernelException.of(
                            Errno.ETIMEDOUT.number(), "wait for the carrier of links in", name);
                }
                watch.next(Duration.ofNanos(left));
            }
        }
    }

    private boolean hasCarrier() {
        return links().list().stream()
                .filter(Link::isUp)
                .allMatch(link -> link.has(LinkFlag.LOWER_UP));
    }

    /// What the one who started the program types to enter the namespace while it runs; an ordinary
    /// user has to enter the user namespace first.
    String enterCommand() {
        long pid = ProcessHandle.current().pid();
        String user =
                PrivateNamespaces.isInside() ? "-t " + pid + " -U --preserve-credentials " : "";
        return "nsenter " + user + "--net=" + namespace.path();
    }

    @Override
    public void close() {
        socket.close();
        namespace.close();
    }
}
