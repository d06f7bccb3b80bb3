package dev.weft.cli.kubenet;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.BridgePortAttributes;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkFlag;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.namespace.Sysctls.Setting;
import dev.weft.linux.route.AddressFlag;
import dev.weft.linux.route.AddressRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// What the bridge lacks: itself, its MTU, its flags, the gateways' addresses.
///
/// @param node where
/// @param settings of the node
/// @param mtuBytes of the bridge
record BridgePlan(Node node, Settings settings, int mtuBytes) {
    /// By which a bridge is known as one that may be removed.
    static final String ALIAS = "of weft kubenet";

    List<Change> changes() throws IOException {
        List<Change> changes = new ArrayList<>();
        Optional<Link> there = node.bridge(settings.bridge());
        if (there.isEmpty()) {
            changes.add(
                    new Change(
                            "create bridge " + settings.bridge() + " with MTU " + mtuBytes,
                            this::create));
        }
        there.ifPresent(bridge -> changes.addAll(changesOf(bridge)));
        List<IpPrefix> given = there.map(node::given).orElse(List.of());
        settings.gateways().stream()
                .filter(gateway -> !given.contains(gateway))
                .forEach(gateway ->
                        changes.add(
                                new Change(
                                        "give " + settings.bridge() + " the address " + gateway,
                                        () -> give(gateway))));
        there.ifPresent(bridge -> changes.addAll(hairpins(bridge)));
        return changes;
    }

    private void create() {
        Link link =
                node.links()
                        .create(
                                LinkRequest.of(LinkKind.BRIDGE, settings.bridge())
                                        .address(address())
                                        .alias(ALIAS)
                                        .mtu(mtuBytes)
                                        .flag(LinkFlag.PROMISCUOUS, isPromiscuous()));
        raise(link);
    }

    /// Locally administered, of a single station; a bridge that was given none has that of a port,
    /// which changes.
    private static HardwareAddress address() {
        byte[] bytes = new byte[6];
        ThreadLocalRandom.current().nextBytes(bytes);
        bytes[0] = (byte) ((bytes[0] & 0xfc) | 0x02);
        return HardwareAddress.of(bytes);
    }

    /// A pod that advertises itself as a router shall not become the node's.
    private void raise(Link link) {
        node.sysctls()
                .writeAll(
                        List.of(Setting.of("0", "net", "ipv6", "conf", link.name(), "accept_ra")));
        node.links().change(link.index(), LinkRequest.empty().up());
    }

    private boolean isPromiscuous() {
        return settings.hairpin() == HairpinMode.PROMISCUOUS_BRIDGE;
    }

    private List<Change> changesOf(Link bridge) {
        List<Change> changes = new ArrayList<>();
        String name = bridge.name();
        if (!bridge.alias().equals(Optional.of(ALIAS))) {
            LinkRequest adoption = LinkRequest.empty().alias(ALIAS);
            changes.add(
                    change(
                            "adopt bridge " + name,
                            bridge,
                            bridge.address().map(adoption::address).orElse(adoption)));
        }
        if (bridge.mtu() != mtuBytes) {
            changes.add(
                    change(
                            "set the MTU of " + name + " to " + mtuBytes,
                            bridge,
                            LinkRequest.empty().mtu(mtuBytes)));
        }
        if (bridge.has(LinkFlag.PROMISCUOUS) != isPromiscuous()) {
            changes.add(
                    change(
                            "make " + name + (isPromiscuous() ? "" : " not") + " promiscuous",
                            bridge,
                            LinkRequest.empty().flag(LinkFlag.PROMISCUOUS, isPromiscuous())));
        }
        if (!bridge.isUp()) {
            changes.add(new Change("set " + name + " up", () -> raise(bridge)));
        }
        return changes;
    }

    private Change change(String what, Link link, LinkRequest request) {
        return new Change(what, () -> node.links().change(link.index(), request));
    }

    /// Nobody else can have the address, so it serves the first pod at once.
    private void give(IpPrefix gateway) throws IOException {
        AddressRequest request = AddressRequest.of(gateway).broadcast();
        node.addresses()
                .add(
                        node.bridge(settings.bridge()).orElseThrow().index(),
                        IpFamily.of(gateway.address()) == IpFamily.IPV6
                                ? request.flag(AddressFlag.NO_DUPLICATE_DETECTION)
                                : request);
    }

    /// Of pods that were there before the mode changed.
    private List<Change> hairpins(Link bridge) {
        boolean wanted = settings.hairpin() == HairpinMode.HAIRPIN_VETH;
        return node.ports(bridge).stream()
                .filter(port -> port.port(BridgePortAttributes.HAIRPIN).orElse(false) != wanted)
                .map(port ->
                        change(
                                "turn hairpin mode of " + port.name() + (wanted ? " on" : " off"),
                                port,
                                LinkRequest.portOf(
                                        LinkKind.BRIDGE,
                                        data -> data.put(BridgePortAttributes.HAIRPIN, wanted))))
                .toList();
    }
}
