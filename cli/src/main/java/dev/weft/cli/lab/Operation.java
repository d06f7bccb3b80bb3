package dev.weft.cli.lab;

import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.MacvlanMode;
import dev.weft.linux.route.RouteTable;
import dev.weft.linux.route.RouteType;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// One change of the kernel's state that builds a lab, with the command that a person would type
/// for it. The command is never executed.
sealed interface Operation {
    /// What a person would type.
    String command();

    /// Does it, through netlink or `/proc`.
    void apply(Network network);

    /// A new namespace, with its loopback up.
    record AddNamespace(String node) implements Operation {
        @Override
        public String command() {
            return "ip netns add " + node + " && ip -n " + node + " link set dev lo up";
        }

        @Override
        public void apply(Network network) {
            network.add(node);
        }
    }

    /// A kernel parameter.
    ///
    /// @param key the parts of its name
    record SetSysctl(String node, String value, List<String> key) implements Operation {
        public SetSysctl {
            key = List.copyOf(key);
        }

        static SetSysctl of(String node, String value, String... key) {
            return new SetSysctl(node, value, List.of(key));
        }

        @Override
        public String command() {
            return "ip netns exec " + node + " sysctl -w " + String.join(".", key) + "=" + value;
        }

        @Override
        public void apply(Network network) {
            network.node(node).namespace().sysctls().write(value, key.toArray(String[]::new));
        }
    }

    /// A bridge.
    record AddBridge(String node, String link) implements Operation {
        @Override
        public String command() {
            return "ip -n " + node + " link add name " + link + " type bridge";
        }

        @Override
        public void apply(Network network) {
            network.node(node).addBridge(link);
        }
    }

    /// A pair of veths, the peer in the same or another namespace.
    record AddVeth(String node, String link, String peerNode, String peerLink)
            implements Operation {
        @Override
        public String command() {
            return "ip -n "
                    + node
                    + " link add name "
                    + link
                    + " type veth peer name "
                    + peerLink
                    + (peerNode.equals(node) ? "" : " netns " + peerNode);
        }

        @Override
        public void apply(Network network) {
            network.node(node).addVeth(link, network.node(peerNode), peerLink);
        }
    }

    /// A macvlan on a link, in another namespace.
    record AddMacvlan(String node, String parent, MacvlanMode mode, String targetNode, String link)
            implements Operation {
        @Override
        public String command() {
            String lower = "ip -n " + node + " link add link " + parent + " name " + link;
            return lower + " netns " + targetNode + " \\\n  type macvlan mode " + mode;
        }

        @Override
        public void apply(Network network) {
            network.node(node).addMacvlan(parent, mode, network.node(targetNode), link);
        }
    }

    /// Makes a link a port of a bridge.
    record SetMaster(String node, String link, String bridge) implements Operation {
        @Override
        public String command() {
            return "ip -n " + node + " link set dev " + link + " master " + bridge;
        }

        @Override
        public void apply(Network network) {
            network.node(node).setMaster(link, bridge);
        }
    }

    /// Whether a port of a bridge sends frames back where they came from.
    record SetHairpin(String node, String link, boolean on) implements Operation {
        @Override
        public String command() {
            return "ip -n "
                    + node
                    + " link set dev "
                    + link
                    + " type bridge_slave hairpin "
                    + (on ? "on" : "off");
        }

        @Override
        public void apply(Network network) {
            network.node(node).setHairpin(link, on);
        }
    }

    /// Sets a link up.
    record SetUp(String node, String link) implements Operation {
        @Override
        public String command() {
            return "ip -n " + node + " link set dev " + link + " up";
        }

        @Override
        public void apply(Network network) {
            network.node(node).setUp(link);
        }
    }

    /// An address on a link.
    record AddAddress(String node, String link, IpPrefix address) implements Operation {
        static AddAddress of(String node, String link, String address) {
            return new AddAddress(node, link, IpPrefix.parse(address));
        }

        @Override
        public String command() {
            return "ip -n " + node + " address add " + address + " dev " + link;
        }

        @Override
        public void apply(Network network) {
            network.node(node).addAddress(link, address);
        }
    }

    /// A route.
    record AddRoute(String node, LabRoute route) implements Operation {
        @Override
        public String command() {
            return "ip -n " + node + " route add " + route;
        }

        @Override
        public void apply(Network network) {
            network.node(node).addRoute(route);
        }
    }

    /// A rule that sends packets of a source to a table of its own.
    record AddRule(String node, IpPrefix source, int table, int priority) implements Operation {
        @Override
        public String command() {
            return "ip -n "
                    + node
                    + " rule add from "
                    + source
                    + " lookup "
                    + table
                    + " priority "
                    + priority;
        }

        @Override
        public void apply(Network network) {
            network.node(node).addRule(source, table, priority);
        }
    }

    /// Source translation of what leaves a network through any device but one.
    record Masquerade(String node, IpPrefix source, String exceptDevice) implements Operation {
        @Override
        public String command() {
            String rule = "ip saddr " + source + " oifname != \"" + exceptDevice + "\" masquerade";
            return LabFirewall.command(node, "postrouting", "srcnat", rule);
        }

        @Override
        public void apply(Network network) {
            LabFirewall.masquerade(network.node(node).namespace(), source, exceptDevice);
        }
    }

    /// Destination translation of a port of the node's own addresses to a service elsewhere.
    record PublishPort(String node, int port, InetAddress target, int targetPort)
            implements Operation {
        @Override
        public String command() {
            String rule =
                    "fib daddr type local tcp dport "
                            + port
                            + " dnat to "
                            + IpPrefix.textOf(target)
                            + ":"
                            + targetPort;
            return LabFirewall.command(node, "prerouting", "dstnat", rule);
        }

        @Override
        public void apply(Network network) {
            LabFirewall.publish(network.node(node).namespace(), port, target, targetPort);
        }
    }

    /// A route in the words of `ip route`.
    ///
    /// @param type unicast or blackhole
    /// @param gateway the next router, if any
    /// @param metric the lower wins; 0 for none
    /// @param table the number of its table
    record LabRoute(
            RouteType type,
            IpPrefix destination,
            Optional<InetAddress> gateway,
            int metric,
            long table) {

        static LabRoute via(String destination, String gateway) {
            return new LabRoute(
                    RouteType.UNICAST,
                    IpPrefix.parse(destination),
                    Optional.of(IpPrefix.parseAddress(gateway)),
                    0,
                    RouteTable.MAIN);
        }

        static LabRoute blackhole(String destination) {
            return new LabRoute(
                    RouteType.BLACKHOLE,
                    IpPrefix.parse(destination),
                    Optional.empty(),
                    0,
                    RouteTable.MAIN);
        }

        LabRoute metric(int value) {
            return new LabRoute(type, destination, gateway, value, table);
        }

        LabRoute table(long value) {
            return new LabRoute(type, destination, gateway, metric, value);
        }

        @Override
        public String toString() {
            StringBuilder text =
                    new StringBuilder(type.equals(RouteType.UNICAST) ? "" : type + " ");
            text.append(destination.length() == 0 ? "default" : destination.toString());
            gateway.ifPresent(router -> text.append(" via ").append(IpPrefix.textOf(router)));
            text.append(metric == 0 ? "" : " metric " + metric);
            return text.append(table == RouteTable.MAIN ? "" : " table " + table).toString();
        }
    }
}
