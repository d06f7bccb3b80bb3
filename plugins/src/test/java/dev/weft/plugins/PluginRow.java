package dev.weft.plugins;

import com.google.gson.JsonObject;
import dev.weft.cni.Plugin;
import dev.weft.ipam.HostLocal;
import dev.weft.ipam.StaticAddresses;
import dev.weft.plugins.chained.Bandwidth;
import dev.weft.plugins.chained.Sbr;
import dev.weft.plugins.chained.Tuning;
import dev.weft.plugins.chained.Vrf;
import dev.weft.plugins.filter.Firewall;
import dev.weft.plugins.nat.Portmap;
import dev.weft.plugins.site.Site;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// A plugin with one configuration, in the tests that hold for every plugin.
///
/// @param name for people: the plugin's, and what of it
/// @param place what the plugin is in a list of plugins
/// @param plugin of a node
/// @param configuration the plugin's own keys, with `'` for `"`; in it `NUMBER` is the last part of
///   an address, of two digits and another one for each container, and `DIRECTORY` the node's
record PluginRow(String name, Place place, Function<Node, Plugin> plugin, String configuration) {

    /// What a plugin is in a list of plugins.
    enum Place {
        /// It makes the container's interface.
        INTERFACE,
        /// It moves a link of the host into the container. Virtual ones, which tests have, end with
        /// the container's namespace.
        MOVED,
        /// It comes after `bridge`, whose result it gets.
        CHAINED,
        /// It makes nothing that another one uses.
        ALONE
    }

    private static final String ADDRESSES =
            "'ipam': {'type': 'fixed', 'addresses': ["
                    + "{'address': '10.1.0.NUMBER/24', 'gateway': '10.1.0.1'},"
                    + "{'address': 'fd00:1::NUMBER/64', 'gateway': 'fd00:1::1'}],"
                    + "'routes': [{'dst': '0.0.0.0/0'}]}";
    private static final String PORTS =
            "'runtimeConfig': {'portMappings': [{'hostPort': 80NUMBER, 'containerPort': 80},"
                    + "{'hostPort': 53NUMBER, 'containerPort': 53, 'protocol': 'udp'}]}";
    private static final String HEAD = "'cniVersion': '1.1.0', 'name': 'net'";

    /// What the chained ones come after.
    static final PluginRow BASE =
            ofInterface(
                    "base",
                    Node::bridge,
                    "'bridge': 'br9', 'isDefaultGateway': true, 'ipam': {'type': 'fixed',"
                            + "'addresses': [{'address': '10.9.0.NUMBER/24'},"
                            + "{'address': 'fd09::NUMBER/64'}]}");

    private static final String ADDRESS4 =
            "'ipam': {'type': 'fixed', 'addresses': ["
                    + "{'address': '10.1.0.NUMBER/24', 'gateway': '10.1.0.1'}],"
                    + "'routes': [{'dst': '0.0.0.0/0'}]}";

    private static final String LEASED = "'ipam': {'type': 'dhcp'}";

    private static PluginRow ofInterface(
            String name, Function<Node, Plugin> plugin, String configuration) {
        return new PluginRow(name, Place.INTERFACE, plugin, configuration);
    }

    private static PluginRow chained(
            String name, Function<Site, Plugin> plugin, String configuration) {
        return new PluginRow(name, Place.CHAINED, node -> plugin.apply(node.site()), configuration);
    }

    private static PluginRow alone(
            String name, Function<Node, Plugin> plugin, String configuration) {
        return new PluginRow(name, Place.ALONE, plugin, configuration);
    }

    /// In a VLAN of a bridge, which not every kernel has.
    static final PluginRow VLAN =
            ofInterface(
                    "bridge, VLAN",
                    Node::bridge,
                    "'bridge': 'br0', 'isGateway': true, 'vlan': 100, " + ADDRESSES);

    /// On a host's link, which not every kernel has.
    static final PluginRow IPVLAN =
            ofInterface("ipvlan", Node::ipvlan, "'master': 'up0', 'mode': 'l3', " + ADDRESS4);

    /// On a host's link, which not every kernel has.
    static final PluginRow STACKED_VLAN =
            ofInterface(
                    "vlan",
                    Node::vlan,
                    "'master': 'up0', 'vlanId': 1NUMBER, 'mtu': 1400, " + ADDRESS4);

    /// An interface that leads nowhere, which not every kernel has.
    static final PluginRow DUMMY = ofInterface("dummy", Node::dummy, ADDRESSES);

    /// A VRF in the container, which not every kernel has.
    static final PluginRow VRF = chained("vrf", Vrf::new, "'vrfname': 'blue'");

    /// Those that make something outside of the container.
    static Stream<PluginRow> makers() {
        return Stream.of(bridges(), links(), followers()).flatMap(each -> each);
    }

    /// With a pair of veths.
    private static Stream<PluginRow> bridges() {
        return Stream.of(
                ofInterface(
                        "bridge, all of it",
                        Node::bridge,
                        "'bridge': 'br0', 'isDefaultGateway': true, 'ipMasq': true,"
                                + "'macspoofchk': true, 'hairpinMode': true,"
                                + "'portIsolation': true, "
                                + ADDRESSES),
                ofInterface(
                        "bridge, addresses beforehand",
                        Node::bridge,
                        "'bridge': 'br0', 'isDefaultGateway': true, 'ipMasq': true, "
                                + ADDRESSES.replace("fixed", FixedAddresses.BEFOREHAND)),
                ofInterface(
                        "bridge, layer 2", Node::bridge, "'bridge': 'br0', 'macspoofchk': true"),
                ofInterface(
                        "bridge, iptables",
                        Node::bridge,
                        "'ipMasq': true, 'ipMasqBackend': 'iptables', " + ADDRESSES),
                ofInterface(
                        "flannel",
                        Node::flannel,
                        "'subnetFile': 'DIRECTORY/subnet.env', 'dataDir': 'DIRECTORY/flannel',"
                                + "'delegate': {'isDefaultGateway': true, 'hairpinMode': true}, "
                                + ADDRESSES),
                ofInterface("ptp", Node::ptp, "'ipMasq': true, " + ADDRESSES),
                ofInterface(
                        "bridge, dhcp",
                        Node::servedBridge,
                        "'bridge': 'br0', 'ipMasq': true, 'ipMasqBackend': 'nftables',"
                                + "'macspoofchk': true, "
                                + LEASED));
    }

    /// With a link of another kind.
    private static Stream<PluginRow> links() {
        return Stream.of(
                ofInterface(
                        "macvlan",
                        Node::macvlan,
                        "'master': 'up0', 'mac': '02:00:00:00:01:NUMBER', " + ADDRESS4),
                ofInterface(
                        "macvlan, layer 2", Node::macvlan, "'master': 'up0', 'mode': 'private'"),
                ofInterface("macvlan, dhcp", Node::servedMacvlan, "'master': 'up0', " + LEASED),
                new PluginRow(
                        "host-device",
                        Place.MOVED,
                        Node::hostDevice,
                        "'device': 'nicNUMBER', " + ADDRESSES),
                new PluginRow(
                        "host-device, addresses beforehand",
                        Place.MOVED,
                        Node::hostDevice,
                        "'device': 'nicNUMBER', "
                                + ADDRESSES.replace("fixed", FixedAddresses.BEFOREHAND)),
                ofInterface(
                        "tap",
                        Node::tap,
                        "'multiQueue': true, 'owner': 107, 'mtu': 1400, " + ADDRESSES));
    }

    /// With the interface of another.
    private static Stream<PluginRow> followers() {
        return Stream.of(
                chained("portmap", Portmap::new, PORTS),
                chained(
                        "portmap, conditions",
                        Portmap::new,
                        "'conditionsV4': ['ip', 'saddr', '192.0.2.2'], " + PORTS),
                chained("portmap, iptables", Portmap::new, "'backend': 'iptables', " + PORTS),
                chained("firewall, isolated", Firewall::new, "'ingressPolicy': 'isolated'"),
                chained(
                        "firewall, iptables",
                        Firewall::new,
                        "'backend': 'iptables', 'ingressPolicy': 'same-bridge'"),
                chained(
                        "bandwidth",
                        Bandwidth::new,
                        "'ingressRate': 1000000, 'ingressBurst': 80000,"
                                + "'egressRate': 8000000, 'egressBurst': 160000"),
                chained("sbr", Sbr::new, "'addSourceHints': true"),
                new PluginRow(
                        "tuning",
                        Place.CHAINED,
                        node -> new Tuning(node.site(), node.data().resolve("allowlist.conf")),
                        "'dataDir': 'DIRECTORY/tuning', 'mac': '02:00:00:00:00:01', 'mtu': 1400,"
                                + "'promisc': true, 'allmulti': true, 'txQLen': 5, 'sysctl': {"
                                + "'net.ipv4.conf.IFNAME.arp_filter': '1',"
                                + "'net.ipv4.tcp_rmem': '4096 100000 5000000'}"));
    }

    /// All of them.
    static Stream<PluginRow> all() {
        return Stream.concat(
                makers(),
                Stream.of(
                        alone("loopback", Node::loopback, "'type': 'loopback'"),
                        alone(
                                "host-local",
                                _ -> new HostLocal(),
                                "'ipam': {'type': 'host-local', 'dataDir': 'DIRECTORY/leases',"
                                        + "'ranges': [[{'subnet': '10.1.0.0/24'}]]}"),
                        alone("static", _ -> new StaticAddresses(), ADDRESSES)));
    }

    static PluginRow named(String name) {
        return all().filter(row -> row.name.equals(name)).findFirst().orElseThrow();
    }

    /// The configuration as a runtime sends it.
    ///
    /// @param number two digits
    String json(Node node, String number) {
        return ("{" + HEAD + ", " + configuration + "}")
                .replace('\'', '"')
                .replace("NUMBER", number)
                .replace("DIRECTORY", node.data().toString());
    }

    /// Of a configuration nothing but which network it is of, and who keeps its addresses.
    static JsonObject bare(JsonObject whole) {
        JsonObject json = whole.deepCopy();
        json.keySet().retainAll(Set.of("cniVersion", "name", "ipam"));
        if (json.has("ipam")) {
            json.getAsJsonObject("ipam").keySet().retainAll(Set.of("type", "dataDir"));
        }
        return json;
    }

    @Override
    public String toString() {
        return name;
    }
}
