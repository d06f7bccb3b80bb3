package dev.weft.plugins;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.Command;
import dev.weft.cni.Configuration;
import dev.weft.cni.Diagnostics;
import dev.weft.cni.InstalledPlugins;
import dev.weft.cni.JsonText;
import dev.weft.cni.Plugin;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.PluginFile;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultFormat;
import dev.weft.ipam.dhcp.live.DhcpPlugin;
import dev.weft.ipam.dhcp.live.LeaseHolder;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.plugins.bridge.Bridge;
import dev.weft.plugins.bridge.PointToPoint;
import dev.weft.plugins.device.Freestanding;
import dev.weft.plugins.device.HostDevice;
import dev.weft.plugins.device.Loopback;
import dev.weft.plugins.device.Sysfs;
import dev.weft.plugins.flannel.Flannel;
import dev.weft.plugins.link.Ipam;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Steps;
import dev.weft.plugins.stacked.Stacked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A node for a test: a host of its own, containers, state and leases in a directory.
final class Node implements AutoCloseable {
    /// Every namespace's first link.
    private static final int LOOPBACK = 1;

    private static final String DHCP = "dhcp";

    /// As flanneld writes it.
    private static final String SUBNET_FILE =
            """
            FLANNEL_NETWORK=10.1.0.0/16
            FLANNEL_SUBNET=10.1.0.1/24
            FLANNEL_IPV6_NETWORK=fd00:1::/48
            FLANNEL_IPV6_SUBNET=fd00:1::1/64
            FLANNEL_MTU=1450
            FLANNEL_IPMASQ=false
            """;

    private static final String DEVICES =
            "for n in 77 78 $(seq 10 25); do"
                    + " echo link add nic$n type veth peer name far$n;"
                    + " echo link set nic$n up alias uplink mtu 1400;"
                    + " echo address add 10.5.$n.1/24 broadcast + dev nic$n;"
                    + " echo address add fd05:$n::1/64 dev nic$n;"
                    + " echo route add 10.6.$n.0/24 via 10.5.$n.9 metric 7;"
                    + " echo route add fd06:$n::/64 via fd05:$n::9;"
                    + " done | ip -batch -";

    private final NetworkNamespace host;
    private final Path directory;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Site site;
    private LeaseHolder held;
    private Ipam ipam;
    private boolean hasDevices;

    private Node(NetworkNamespace host, Path directory) throws IOException {
        this.host = host;
        this.directory = directory;
        Files.createDirectories(leases());
        Files.createDirectories(state());
        Files.createDirectories(data());
        Files.createDirectories(programs());
        for (String type :
                List.of(
                        FixedAddresses.ON_INTERFACE,
                        FixedAddresses.BEFOREHAND,
                        Bridge.TYPE,
                        DHCP)) {
            Path shim = Files.writeString(programs().resolve(type), PluginFile.SHIM_MARK);
            shim.toFile().setExecutable(true);
        }
        Files.writeString(data().resolve("subnet.env"), SUBNET_FILE);
        this.site = open(Steps.NONE);
        this.held = holder();
        this.ipam = addresses(site);
        site.links().change(LOOPBACK, LinkRequest.empty().up());
    }

    /// A node in a namespace of its own.
    static Node open(Path directory) throws IOException {
        return new Node(NetworkNamespace.create(), directory);
    }

    /// A node whose host is a namespace that is there, and is not closed with it.
    static Node of(NetworkNamespace host, Path directory) throws IOException {
        return new Node(NetworkNamespace.ofPath(host.path()), directory);
    }

    Path leases() {
        return directory.resolve("leases");
    }

    private Path programs() {
        return directory.resolve("programs");
    }

    /// For files that plugins are told of.
    Path data() {
        return directory.resolve("data");
    }

    Path state() {
        return directory.resolve("state");
    }

    private Site open(Steps steps) {
        return Site.open(NetworkNamespace.ofPath(host.path()), state(), steps);
    }

    private Ipam addresses(Site where) {
        Plugin dhcp = new DhcpPlugin(held);
        return new Ipam(
                where,
                new InstalledPlugins(type ->
                        Optional.of(
                                type.equals(DHCP) ? dhcp : new FixedAddresses(leases(), type))));
    }

    private LeaseHolder holder() {
        return new LeaseHolder(state(), _ -> {});
    }

    LeaseHolder held() {
        return held;
    }

    /// As if the agent had been started anew, with somebody who follows what it does.
    void restart(Steps steps) {
        site.close();
        held.close();
        site = open(steps);
        held = holder();
        ipam = addresses(site);
    }

    Site site() {
        return site;
    }

    NetworkNamespace host() {
        return host;
    }

    Bridge bridge() {
        return new Bridge(site, ipam);
    }

    PointToPoint ptp() {
        return new PointToPoint(site, ipam);
    }

    /// It delegates to bridge.
    Flannel flannel() {
        Plugin bridge = bridge();
        return new Flannel(
                site,
                new InstalledPlugins(
                        type -> Optional.of(bridge).filter(plugin -> plugin.type().equals(type))));
    }

    /// With something to stand on.
    Stacked macvlan() {
        uplink();
        return Stacked.macvlan(site, ipam);
    }

    /// With something to stand on.
    Stacked ipvlan() {
        uplink();
        return Stacked.ipvlan(site, ipam);
    }

    /// With something to stand on.
    Stacked vlan() {
        uplink();
        return Stacked.vlan(site, ipam);
    }

    /// `up0`, with a carrier.
    Link uplink() {
        return link(host, "up0")
                .orElseGet(() ->
                        links(
                                host,
                                links -> {
                                    links.create(LinkRequest.veth("up0", LinkRequest.named("up1")));
                                    links.change(
                                            links.find("up1").orElseThrow().index(),
                                            LinkRequest.empty().up());
                                    Link made = links.find("up0").orElseThrow();
                                    links.change(made.index(), LinkRequest.empty().up());
                                    return made;
                                }));
    }

    /// `up0`, with a DHCP server at its other end.
    ///
    /// @param script what the other end, `up1`, needs beside the address
    Link servedUplink(String script, String link) {
        Optional<Link> present = link(host, "up0");
        if (present.isPresent()) {
            return present.get();
        }
        Wire wire = Wire.of(this, script + "; ip address add 10.1.0.1/24 dev " + link);
        opened.add(AddressServer.at(link, wire.namespace(), directory.resolve("server")));
        return uplink();
    }

    /// On a bridge by which a DHCP server is reached.
    Bridge servedBridge() {
        servedUplink(":", "up1");
        if (link(host, "br0").isEmpty()) {
            NatLab.in(
                    host,
                    "ip link add br0 type bridge; ip link set up0 master br0; ip link set br0 up");
        }
        return bridge();
    }

    /// On a link by which a DHCP server is reached.
    Stacked servedMacvlan() {
        servedUplink(":", "up1");
        return macvlan();
    }

    Loopback loopback() {
        return new Loopback(site);
    }

    Freestanding tap() {
        return Freestanding.tap(site, ipam);
    }

    Freestanding dummy() {
        return Freestanding.dummy(site, ipam);
    }

    /// With devices on the host: `nic77` and `nic78`, and one for each of many containers.
    HostDevice hostDevice() {
        if (!hasDevices) {
            hasDevices = true;
            NatLab.in(host, DEVICES);
        }
        return new HostDevice(
                site, ipam, new Sysfs(directory.resolve("sys")), HostDevice.RETURN_LIMIT);
    }

    Ipam ipam() {
        return ipam;
    }

    /// A container, which ends with the node.
    NetworkNamespace container() {
        NetworkNamespace container = NetworkNamespace.create();
        opened.add(container);
        return container;
    }

    /// The links of one of the namespaces.
    <T> T links(NetworkNamespace namespace, Function<Links, T> question) {
        return ask(namespace, socket -> question.apply(new Links(socket)));
    }

    <T> T ask(NetworkNamespace namespace, Function<NetlinkSocket, T> question) {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE, namespace)) {
            return question.apply(socket);
        }
    }

    Optional<Link> link(NetworkNamespace namespace, String name) {
        return links(namespace, links -> links.find(name));
    }

    Request request(Command command, String configuration, String id, NetworkNamespace container) {
        return request(command, configuration, id, Optional.of(container.path().toString()), "");
    }

    Request request(
            Command command,
            String configuration,
            String id,
            Optional<String> netns,
            String arguments) {
        return new Request(
                command,
                id.isEmpty() ? new AttachmentId("", "") : new AttachmentId(id, "eth0"),
                netns,
                Optional.empty(),
                arguments,
                new PluginDirectories(List.of(programs())),
                Map.of(),
                Configuration.of(JsonText.parseObject(configuration, "configuration")),
                new Diagnostics());
    }

    /// A request with what an ADD answered.
    Request with(Request request, Command command, Result previous) {
        JsonObject json = request.configuration().json().deepCopy();
        json.add("prevResult", ResultFormat.encode(previous, request.configuration().version()));
        return request.withCommand(command).withConfiguration(json);
    }

    /// A GC of a network in which containers are still known.
    void collect(Plugin plugin, String configuration, String... known) {
        JsonObject json = JsonText.parseObject(configuration, "configuration");
        JsonArray attachments = new JsonArray();
        for (String id : known) {
            JsonObject attachment = new JsonObject();
            attachment.addProperty("containerID", id);
            attachment.addProperty("ifname", "eth0");
            attachments.add(attachment);
        }
        json.add("cni.dev/valid-attachments", attachments);
        Request request = request(Command.GC, json.toString(), "", Optional.empty(), "");
        plugin.collect(request, request.validAttachments().orElse(Set.of()));
    }

    List<String> leasesLeft() throws IOException {
        try (var files = Files.list(leases())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void close() {
        held.close();
        site.close();
        host.close();
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
        }
    }
}
