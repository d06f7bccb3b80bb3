package dev.weft.plugins.bridge;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.BridgeAttributes;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkFlag;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.namespace.Sysctls.Setting;
import dev.weft.plugins.site.Site;
import java.util.List;
import java.util.Optional;

/// The bridge of a network, on the host.
///
/// Containers that begin at once may all make it: whoever comes second finds it. It has its own
/// hardware address from the beginning, which the kernel would otherwise change with its ports.
final class HostBridge {
    private final Link link;

    private HostBridge(Link link) {
        this.link = link;
    }

    /// The bridge, made if it is not there; one that is there only gets up, promiscuous, and to
    /// know VLANs.
    static HostBridge obtain(Site site, BridgeConfiguration wanted) {
        Link link = site.links().find(wanted.bridge()).orElseGet(() -> create(site, wanted));
        requireBridge(link);
        if (wanted.vlans().areNamed()) {
            new VlanFiltering(site).require(link);
        }
        boolean promote = wanted.promiscuous() && !link.has(LinkFlag.PROMISCUOUS);
        if (!link.isUp()) {
            site.host().sysctls().writeAll(List.of(ignoringRouters(link.name())));
        }
        if (!link.isUp() || promote) {
            LinkRequest change = LinkRequest.empty().up();
            site.links()
                    .change(
                            link.index(),
                            promote ? change.flag(LinkFlag.PROMISCUOUS, true) : change);
        }
        return new HostBridge(link);
    }

    private static void requireBridge(Link link) {
        if (!isBridge(link)) {
            throw new CniException(
                    ErrorCode.INTERNAL,
                    '"' + link.name() + "\" already exists but is not a bridge");
        }
    }

    private static boolean isBridge(Link link) {
        return link.kind().equals(Optional.of(LinkKind.BRIDGE));
    }

    /// The bridge, for CHECK.
    ///
    /// @throws CniException when it is not there, or is none
    static HostBridge find(Site site, String name) {
        Link link =
                site.links()
                        .find(name)
                        .orElseThrow(() ->
                                new CniException(
                                        ErrorCode.INTERNAL, "bridge \"" + name + "\" is gone"));
        requireBridge(link);
        return new HostBridge(link);
    }

    private static Link create(Site site, BridgeConfiguration wanted) {
        LinkRequest request =
                LinkRequest.of(
                                LinkKind.BRIDGE,
                                wanted.bridge(),
                                data -> {
                                    if (wanted.vlans().areNamed()) {
                                        data.put(BridgeAttributes.VLAN_FILTERING, true);
                                    }
                                })
                        .address(Veth.randomAddress());
        try {
            int mtuBytes = wanted.pair().mtuBytes();
            return site.links().create(mtuBytes == 0 ? request : request.mtu(mtuBytes));
        } catch (KernelException failed) {
            if (failed.is(Errno.EEXIST)) {
                return site.links().find(wanted.bridge()).orElseThrow(() -> failed);
            }
            throw failed;
        }
    }

    /// A container that advertises itself as a router shall not become the host's.
    static Setting ignoringRouters(String link) {
        return Setting.of("0", "net", "ipv6", "conf", link, "accept_ra");
    }

    int index() {
        return link.index();
    }

    String name() {
        return link.name();
    }

    Link link() {
        return link;
    }

    String mac() {
        return link.address().map(Object::toString).orElse("");
    }

    /// The VLAN that it gives to each new port, 0 for none.
    int givenVlan() {
        return link.data(BridgeAttributes.VLAN_DEFAULT).orElse(0);
    }
}
