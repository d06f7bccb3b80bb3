package dev.weft.plugins;

import dev.weft.firewall.Nftables;
import dev.weft.firewall.language.RulesetText;
import dev.weft.firewall.value.Surroundings;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkAttributes;
import dev.weft.linux.link.LinkFlag;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.namespace.Sysctls;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.Route;
import dev.weft.linux.route.Routes;
import dev.weft.linux.route.Rule;
import dev.weft.linux.route.RuleAttributes;
import dev.weft.linux.route.Rules;
import dev.weft.linux.tc.Handle;
import dev.weft.linux.tc.Qdisc;
import dev.weft.linux.tc.Qdiscs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Everything that an operation may leave, as text to compare: what the kernel has in a namespace,
/// and files. What the kernel adds on its own account, later or never (link-local addresses,
/// multicast, carriers), is left out.
final class NodeState {
    private static final List<List<String>> SYSCTLS =
            List.of(
                    List.of("net", "ipv4", "ip_forward"),
                    List.of("net", "ipv6", "conf", "all", "forwarding"),
                    List.of("net", "ipv4", "conf", "all", "route_localnet"),
                    List.of("net", "ipv4", "conf", "default", "arp_notify"),
                    List.of("net", "ipv4", "tcp_rmem"));
    private static final List<String> LINK_SYSCTLS =
            List.of("route_localnet", "arp_filter", "arp_notify");
    private static final Pattern STAYS =
            Pattern.compile("lock$|/last_reserved_ip\\.|/\\.net\\.weft/");
    private static final Pattern COUNTED = Pattern.compile("packets \\d+ bytes \\d+");
    private static final int KERNEL_ADDED = 0xff;

    private NodeState() {}

    /// What a node has, without its containers.
    static String of(Node node) {
        return of(node.host()) + of(node.state()) + of(node.leases()) + of(node.data());
    }

    /// What a namespace has.
    static String of(NetworkNamespace namespace) {
        StringBuilder text = new StringBuilder();
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE, namespace)) {
            TreeMap<String, Link> links = new TreeMap<>();
            new Links(socket).list().forEach(link -> links.put(link.name(), link));
            links.values().forEach(link -> add(text, socket, link, namespace.sysctls()));
            lines(text, new Addresses(socket).list().stream().flatMap(NodeState::text));
            lines(text, new Routes(socket).list().stream().flatMap(NodeState::text));
            lines(text, new Rules(socket).list().stream().flatMap(NodeState::text));
        }
        try (Nftables nftables = Nftables.open(namespace)) {
            String ruleset = RulesetText.of(nftables.read(), Surroundings.none());
            text.append(COUNTED.matcher(ruleset).replaceAll("counted"));
        }
        for (List<String> key : SYSCTLS) {
            Optional<String> value = namespace.sysctls().find(key.toArray(String[]::new));
            text.append(key).append(" = ").append(value.orElse("-")).append('\n');
        }
        return text.toString();
    }

    private static void lines(StringBuilder text, Stream<String> lines) {
        lines.sorted().forEach(line -> text.append(line).append('\n'));
    }

    private static void add(StringBuilder text, NetlinkSocket socket, Link link, Sysctls sysctls) {
        text.append(link.name())
                .append(' ')
                .append(link.kindName().orElse("-"))
                .append(link.isUp() ? " up " : " down ")
                .append(link.has(LinkFlag.PROMISCUOUS) ? "promiscuous " : "")
                .append(link.has(LinkFlag.ALL_MULTICAST) ? "all-multicast " : "")
                .append(link.attributes().find(LinkAttributes.TRANSMIT_QUEUE_LENGTH).orElse(0))
                .append(' ')
                .append(link.address().map(Object::toString).orElse("-"))
                .append(" mtu ")
                .append(link.mtu())
                .append(" master ")
                .append(link.master().orElse(0))
                .append(' ')
                .append(link.alias().orElse(""))
                .append('\n');
        for (Qdisc qdisc : new Qdiscs(socket).list(link.index())) {
            if (qdisc.handle().equals(Handle.NONE)) {
                continue;
            }
            text.append("  ").append(qdisc.kind()).append(' ').append(qdisc.handle()).append('\n');
        }
        for (String key : LINK_SYSCTLS) {
            text.append("  ")
                    .append(link.name())
                    .append(' ')
                    .append(key)
                    .append(" = ")
                    .append(sysctls.find("net", "ipv4", "conf", link.name(), key).orElse("-"))
                    .append('\n');
        }
    }

    private static Stream<String> text(Address address) {
        return address.address().isLinkLocalAddress() || address.address().isLoopbackAddress()
                ? Stream.of()
                : Stream.of(address.linkIndex() + " has " + address.prefix());
    }

    private static Stream<String> text(Route route) {
        boolean own =
                route.table() == KERNEL_ADDED
                        || route.destination().address().isLinkLocalAddress()
                        || route.destination().address().isMulticastAddress();
        return own
                ? Stream.of()
                : Stream.of(
                        route.destination()
                                + " by "
                                + route.outputLink().orElse(0)
                                + " via "
                                + route.gateway()
                                + " in "
                                + route.table());
    }

    /// The kernel makes the rule for all VRFs with the first one, and never again: it has to stay.
    private static Stream<String> text(Rule rule) {
        return rule.attributes().has(RuleAttributes.VRF) ? Stream.of() : Stream.of("rule " + rule);
    }

    /// A lease is extended when its time has come.
    private static String content(Path file) throws IOException {
        return file.toString().endsWith(".lease") ? "a lease" : Files.readString(file);
    }

    /// The files below a directory with what is in them; left out are those that stay: locks, and
    /// what host-local keeps of a network beside its leases.
    static String of(Path directory) {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted().toList()) {
                if (Files.isRegularFile(file) && !STAYS.matcher(file.toString()).find()) {
                    text.append(directory.relativize(file))
                            .append(": ")
                            .append(content(file))
                            .append('\n');
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return text.toString();
    }
}
