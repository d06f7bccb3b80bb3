package dev.weft.plugins.bridge;

import static dev.weft.plugins.link.InterfaceCheck.require;

import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.BridgePortAttributes;
import dev.weft.linux.link.BridgeVlans;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkFlag;
import dev.weft.linux.route.Addresses;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.Site;
import java.util.List;
import java.util.Optional;

/// Whether an attachment to a bridge is still as it was made, everything of it.
final class BridgeCheck {
    private final Site site;
    private final BridgeConfiguration wanted;
    private final PairCheck pair;

    BridgeCheck(Site site, Request request, BridgeConfiguration wanted, Container container) {
        this.site = site;
        this.wanted = wanted;
        this.pair = PairCheck.of(site, request, container);
    }

    Result result() {
        return pair.result();
    }

    /// @throws dev.weft.cni.CniException that tells the first difference
    void run() {
        HostBridge bridge = HostBridge.find(site, wanted.bridge());
        requireBridge(bridge);
        Link inside = pair.requireInside(!wanted.containerDown());
        Link host = pair.requireHost(inside);
        requirePort(bridge, host);
        pair.inside().requireAddresses(inside);
        pair.inside().requireRoutes(inside);
        if (wanted.spoofCheck()) {
            requireGuard(inside, host);
        }
        if (wanted.gateway() && !pair.result().addresses().isEmpty()) {
            requireGateway(bridge);
            pair.requireForwarding(inside);
        }
    }

    /// Its hardware address may have changed with its ports.
    private void requireBridge(HostBridge bridge) {
        require(bridge.link().isUp(), "bridge " + bridge.name() + " is down");
        require(
                bridge.link().has(LinkFlag.PROMISCUOUS) || !wanted.promiscuous(),
                "bridge " + bridge.name() + " is not promiscuous");
    }

    private void requirePort(HostBridge bridge, Link host) {
        require(
                host.master().equals(Optional.of(bridge.index())),
                "Host interface " + host.name() + " is no port of bridge " + bridge.name());
        requireFlag(host, "hairpin mode", wanted.hairpin(), BridgePortAttributes.HAIRPIN);
        requireFlag(host, "isolation", wanted.isolated(), BridgePortAttributes.ISOLATED);
        if (wanted.vlans().areNamed()) {
            require(
                    VlanFiltering.isOn(bridge.link()),
                    "bridge " + bridge.name() + " does not filter VLANs");
            require(
                    wanted.vlans()
                            .areAmong(
                                    new BridgeVlans(site.socket())
                                            .list()
                                            .getOrDefault(host.index(), List.of())),
                    "Host interface " + host.name() + " is not in its VLANs");
        }
    }

    private static void requireFlag(
            Link host,
            String what,
            boolean expected,
            dev.weft.linux.netlink.Attribute<Boolean> attribute) {
        require(
                host.port(attribute).orElse(false) == expected,
                "Host interface "
                        + host.name()
                        + (expected ? " has lost its " : " has a foreign ")
                        + what);
    }

    /// By Weft, or by the reference plugin.
    private void requireGuard(Link inside, Link host) {
        require(
                inside.address()
                                .filter(mac ->
                                        new SpoofCheck(site.nftables()).isInForce(host.name(), mac))
                                .isPresent()
                        || ForeignSpoofCheck.isInForce(
                                site.nftables(), pair.inside().request().attachment()),
                "Host interface " + host.name() + " is not checked for spoofed addresses");
    }

    private void requireGateway(HostBridge bridge) {
        int vlan = wanted.vlans().access();
        Optional<Link> device =
                vlan == 0
                        ? Optional.of(bridge.link())
                        : new VlanGateway(site, bridge.name(), vlan).findConnected();
        List<IpPrefix> missing =
                Gateway.missing(
                        device.map(link -> new Addresses(site.socket()).list(link.index()))
                                .orElse(List.of()),
                        Gateway.addressesOf(pair.result()));
        require(missing.isEmpty(), "the host does not have the gateways' addresses " + missing);
    }
}
