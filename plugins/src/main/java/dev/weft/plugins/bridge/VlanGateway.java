package dev.weft.plugins.bridge;

import static dev.weft.plugins.site.CommonKeys.invalid;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.BridgeVlan;
import dev.weft.linux.link.BridgeVlans;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkFilter;
import dev.weft.linux.link.LinkRequest;
import dev.weft.plugins.site.Hashes;
import dev.weft.plugins.site.Site;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The host's device in a VLAN of a bridge: a pair of veths of which one end is a port in that
/// VLAN, and the other, `BRIDGE.VLAN`, has the gateways' addresses.
///
/// It is made for the first container of the VLAN and goes with the last one. Both are done under
/// one lock; a container becomes a port before it asks for the device, so none is overlooked.
final class VlanGateway {
    private static final int MAX_NAME_BYTES = 15;

    private final Site site;
    private final String bridge;
    private final int vlan;

    VlanGateway(Site site, String bridge, int vlan) {
        this.site = site;
        this.bridge = bridge;
        this.vlan = vlan;
    }

    private static String name(String bridge, int vlan) {
        return bridge + "." + vlan;
    }

    /// @throws dev.weft.cni.CniException when no link can have the device's name
    static void requireName(String bridge, int vlan) {
        String name = name(bridge, vlan);
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw invalid(
                    "the gateway of VLAN "
                            + vlan
                            + " would be called \""
                            + name
                            + "\", which is longer than 15 bytes: choose a shorter name for the"
                            + " bridge");
        }
    }

    private String name() {
        return name(bridge, vlan);
    }

    private String portName() {
        return "veth" + Hashes.sha512(name(), 8);
    }

    /// The device, made if it is not there.
    ///
    /// @param given the VLAN that the bridge gives to each new port
    Link obtain(int bridgeIndex, int mtuBytes, int given) {
        return site.exclusively(
                () -> findConnected().orElseGet(() -> create(bridgeIndex, mtuBytes, given)));
    }

    /// The device if it is in its VLAN.
    Optional<Link> findConnected() {
        return find().filter(link -> isMember(new BridgeVlans(site.socket()).list(), link));
    }

    private Optional<Link> find() {
        return site.links().find(name());
    }

    /// One that is there without its VLAN was left half made. The kernel cannot set the second end
    /// of a pair up while it makes the first (`veth_newlink` in `drivers/net/veth.c`: ENOTCONN).
    private Link create(int bridgeIndex, int mtuBytes, int given) {
        LinkRequest outside = LinkRequest.named(name()).queues(1);
        LinkRequest port =
                LinkRequest.veth(portName(), sized(outside, mtuBytes))
                        .queues(1)
                        .master(bridgeIndex)
                        .up();
        int index;
        try {
            index = site.links().create(sized(port, mtuBytes)).index();
        } catch (KernelException failed) {
            if (!failed.is(Errno.EEXIST)) {
                throw failed;
            }
            index = site.links().find(portName()).orElseThrow(() -> failed).index();
        }
        BridgeVlans vlans = new BridgeVlans(site.socket());
        if (given != 0) {
            vlans.remove(index, BridgeVlan.of(given));
        }
        site.host().sysctls().writeAll(List.of(HostBridge.ignoringRouters(name())));
        Link device = find().orElseThrow();
        site.links().change(device.index(), LinkRequest.empty().up());
        vlans.add(index, BridgeVlan.access(vlan));
        return device;
    }

    private static LinkRequest sized(LinkRequest end, int mtuBytes) {
        return mtuBytes == 0 ? end : end.mtu(mtuBytes);
    }

    private boolean isMember(Map<Integer, List<BridgeVlan>> vlans, Link outside) {
        return outside.lower()
                .filter(port -> isIn(vlans.getOrDefault(port, List.of())))
                .isPresent();
    }

    private boolean isIn(List<BridgeVlan> vlans) {
        return vlans.stream().anyMatch(range -> range.first() <= vlan && vlan <= range.last());
    }

    /// Removes the device if no other port of its bridge is in the VLAN.
    void removeUnused() {
        site.exclusively(() -> {
            Optional<Link> device = find();
            device.filter(this::isUnused)
                    .ifPresent(link -> site.removal().begin(site.host(), link.index()).await());
            return device;
        });
    }

    private boolean isUnused(Link outside) {
        Optional<Link> port = outside.lower().flatMap(index -> site.links().find(index));
        Optional<Integer> master = port.flatMap(Link::master);
        if (port.isEmpty() || master.isEmpty() || !port.get().name().equals(portName())) {
            return false;
        }
        Map<Integer, List<BridgeVlan>> vlans = new BridgeVlans(site.socket()).list();
        return site.links().list(LinkFilter.all().master(master.get())).stream()
                .filter(link -> link.index() != port.get().index())
                .noneMatch(link -> isIn(vlans.getOrDefault(link.index(), List.of())));
    }
}
