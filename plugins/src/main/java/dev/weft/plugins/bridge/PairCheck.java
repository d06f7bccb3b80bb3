package dev.weft.plugins.bridge;

import static dev.weft.plugins.link.InterfaceCheck.failure;
import static dev.weft.plugins.link.InterfaceCheck.require;

import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultInterface;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.route.RouteFilter;
import dev.weft.linux.route.Routes;
import dev.weft.plugins.link.InterfaceCheck;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.Site;
import java.util.Optional;

/// Whether a pair of veths is still as a result says.
///
/// @param site where the host's end is
/// @param inside of the container's end
record PairCheck(Site site, InterfaceCheck inside) {

    static PairCheck of(Site site, Request request, Container container) {
        return new PairCheck(site, InterfaceCheck.of(request, container));
    }

    Result result() {
        return inside.result();
    }

    /// The container's end.
    ///
    /// @param up whether it should be
    Link requireInside(boolean up) {
        return inside.requireLink(LinkKind.VETH, up);
    }

    /// The host's end: the one interface of the result that is the peer of the container's.
    Link requireHost(Link end) {
        for (ResultInterface told : result().interfaces()) {
            Optional<Link> link =
                    told.sandbox().isPresent()
                            ? Optional.empty()
                            : site.links().find(told.name()).filter(each -> isPeer(each, end));
            if (link.isPresent()) {
                InterfaceCheck.requireAddress(told, link.get(), "Host");
                require(link.get().isUp(), "Host interface " + link.get().name() + " is down");
                return link.get();
            }
        }
        throw failure(
                "no host interface of prevResult is the peer of container interface " + end.name());
    }

    private static boolean isPeer(Link host, Link end) {
        return host.kind().equals(Optional.of(LinkKind.VETH))
                && host.lower().equals(Optional.of(end.index()))
                && end.lower().equals(Optional.of(host.index()));
    }

    /// Whether the host passes on what the container sends.
    void requireForwarding(Link end) {
        inside.own(end).stream()
                .map(address -> IpFamily.of(address.address()))
                .distinct()
                .forEach(family ->
                        require(
                                site.forwarding().isEnabled(family),
                                "forwarding of " + family + " is off on the host"));
    }

    /// Whether the host sends to the container by its own end.
    void requireHostRoute(Link host, IpPrefix container) {
        require(
                new Routes(site.socket())
                        .list(RouteFilter.all().outputLink(host.index())).stream()
                                .anyMatch(route -> route.destination().equals(container)),
                "no route to " + container + " by host interface " + host.name());
    }
}
