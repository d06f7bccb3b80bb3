package dev.weft.plugins;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.linux.Errno;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkFlag;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.namespace.Sysctls;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.AddressRequest;
import dev.weft.linux.route.Addresses;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// The bridge of a network, on the host.
final class HostBridge {
    private final Site site;
    private final Link link;

    private HostBridge(Site site, Link link) {
        this.site = site;
        this.link = link;
    }

    /// The bridge, made if it is not there; one that is there is not adjusted.
    static HostBridge obtain(Site site, BridgeConfiguration wanted) {
        Link link = site.links().find(wanted.bridge()).orElseGet(() -> create(site, wanted));
        if (!link.kind().equals(Optional.of(LinkKind.BRIDGE))) {
            throw new CniException(
                    ErrorCode.INTERNAL,
                    '"' + wanted.bridge() + "\" already exists but is not a bridge");
        }
        if (!link.isUp() || (wanted.promiscuous() && !link.has(LinkFlag.PROMISCUOUS))) {
            LinkRequest change = LinkRequest.empty().up();
            site.links()
                    .change(
                            link.index(),
                            wanted.promiscuous()
                                    ? change.flag(LinkFlag.PROMISCUOUS, true)
                                    : change);
        }
        return new HostBridge(site, link);
    }

    private static Link create(Site site, BridgeConfiguration wanted) {
        LinkRequest request = LinkRequest.of(LinkKind.BRIDGE, wanted.bridge());
        try {
            Link made =
                    site.links()
                            .create(
                                    wanted.mtuBytes() == 0
                                            ? request
                                            : request.mtu(wanted.mtuBytes()));
            site.host().sysctls().write("0", "net", "ipv6", "conf", made.name(), "accept_ra");
            return made;
        } catch (KernelException failed) {
            if (failed.is(Errno.EEXIST)) {
                return site.links().find(wanted.bridge()).orElseThrow(() -> failed);
            }
            throw failed;
        }
    }

    int index() {
        return link.index();
    }

    String name() {
        return link.name();
    }

    String mac() {
        return link.address().map(Object::toString).orElse("");
    }

    /// Gives the bridge the gateways' addresses and lets packets through.
    void beGateway(Result result, boolean force) {
        Addresses addresses = new Addresses(site.socket());
        List<Address> present = addresses.list(link.index());
        for (ResultAddress address : result.addresses()) {
            if (address.gateway().isPresent()) {
                IpPrefix own = new IpPrefix(address.gateway().get(), address.address().length());
                if (present.stream().noneMatch(other -> other.prefix().equals(own))) {
                    addAddress(addresses, present, own, force);
                }
                forward(own.address());
            }
        }
    }

    private void addAddress(
            Addresses addresses, List<Address> present, IpPrefix own, boolean force) {
        for (Address other : present) {
            if (conflicts(other.prefix(), own)) {
                if (!force) {
                    throw new CniException(
                            ErrorCode.INTERNAL,
                            '"' + name() + "\" already has an IP address different from " + own);
                }
                addresses.delete(link.index(), other.prefix());
            }
        }
        addresses.add(link.index(), AddressRequest.of(own).broadcast());
        link.address()
                .ifPresent(
                        mac -> site.links().change(link.index(), LinkRequest.empty().address(mac)));
    }

    /// Any other IPv4 address, or an IPv6 address of an overlapping subnet.
    private static boolean conflicts(IpPrefix other, IpPrefix own) {
        if (IpFamily.of(other.address()) != IpFamily.of(own.address())) {
            return false;
        }
        return IpFamily.of(own.address()) == IpFamily.IPV4
                || other.contains(own.address())
                || own.contains(other.address());
    }

    private void forward(InetAddress address) {
        Sysctls sysctls = site.host().sysctls();
        boolean ipv4 = IpFamily.of(address) == IpFamily.IPV4;
        String[] key =
                ipv4
                        ? new String[] {"net", "ipv4", "ip_forward"}
                        : new String[] {"net", "ipv6", "conf", "all", "forwarding"};
        if (!sysctls.read(key).equals("1")) {
            sysctls.write("1", key);
        }
    }
}
