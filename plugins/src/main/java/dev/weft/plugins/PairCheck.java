package dev.weft.plugins;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultInterface;
import dev.weft.cni.ResultRoute;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.Route;
import dev.weft.linux.route.RouteFilter;
import dev.weft.linux.route.RouteTable;
import dev.weft.linux.route.Routes;
import java.util.List;
import java.util.Optional;

/// Whether a pair of veths is still as a result says. A hardware address that a later plugin
/// changed is in the result as well, so it is no difference.
///
/// @param site where the host's end is
/// @param request with the result
/// @param container where the other end is
/// @param result of the whole list of plugins
record PairCheck(Site site, Request request, Container container, Result result) {

    static PairCheck of(Site site, Request request, Container container) {
        return new PairCheck(
                site,
                request,
                container,
                request.configuration()
                        .previousResult()
                        .orElseThrow(() -> failure("Required prevResult missing")));
    }

    static CniException failure(String text) {
        return new CniException(ErrorCode.INTERNAL, text);
    }

    static void require(boolean fine, String text) {
        if (!fine) {
            throw failure(text);
        }
    }

    /// The container's end.
    ///
    /// @param up whether it should be
    Link requireInside(boolean up) {
        String name = request.interfaceName();
        ResultInterface told =
                result.interfaces().stream()
                        .filter(each ->
                                each.name().equals(name) && each.sandbox().equals(request.netns()))
                        .findFirst()
                        .orElseThrow(() ->
                                failure(
                                        "prevResult has no interface "
                                                + name
                                                + " in "
                                                + request.netns().orElse("")));
        Link link =
                container
                        .links()
                        .find(name)
                        .orElseThrow(() -> failure("Container interface " + name + " not found"));
        require(
                link.kind().equals(Optional.of(LinkKind.VETH)),
                "Container interface " + name + " not of type veth");
        requireAddress(told, link, "Container");
        require(link.isUp() == up, "Container interface " + name + (up ? " is down" : " is up"));
        return link;
    }

    private static void requireAddress(ResultInterface told, Link link, String where) {
        told.mac()
                .filter(mac -> !mac.isEmpty())
                .ifPresent(mac ->
                        require(
                                link.address()
                                        .filter(own -> own.toString().equalsIgnoreCase(mac))
                                        .isPresent(),
                                where
                                        + " interface "
                                        + link.name()
                                        + " Mac "
                                        + mac
                                        + " doesn't match: it has "
                                        + link.address().map(Object::toString).orElse("none")));
    }

    /// The host's end: the one interface of the result that is the peer of the container's.
    Link requireHost(Link inside) {
        for (ResultInterface told : result.interfaces()) {
            Optional<Link> link =
                    told.sandbox().isPresent()
                            ? Optional.empty()
                            : site.links().find(told.name()).filter(each -> isPeer(each, inside));
            if (link.isPresent()) {
                requireAddress(told, link.get(), "Host");
                require(link.get().isUp(), "Host interface " + link.get().name() + " is down");
                return link.get();
            }
        }
        throw failure(
                "no host interface of prevResult is the peer of container interface "
                        + inside.name());
    }

    private static boolean isPeer(Link host, Link inside) {
        return host.kind().equals(Optional.of(LinkKind.VETH))
                && host.lower().equals(Optional.of(inside.index()))
                && inside.lower().equals(Optional.of(host.index()));
    }

    /// The addresses of the container's end.
    void requireAddresses(Link inside) {
        List<Address> present = new Addresses(container.socket()).list(inside.index());
        for (IpPrefix own : own(inside)) {
            require(
                    present.stream().anyMatch(address -> address.prefix().equals(own)),
                    "Failed to match addr " + own + " on interface " + inside.name());
        }
    }

    List<IpPrefix> own(Link inside) {
        return new ContainerAddresses(container, inside.index(), inside.name(), result).own();
    }

    /// The routes of the container's end, in the tables that the result names.
    void requireRoutes(Link inside) {
        List<Route> present =
                new Routes(container.socket()).list(RouteFilter.all().outputLink(inside.index()));
        result.routes()
                .forEach(told ->
                        require(
                                present.stream().anyMatch(route -> isAsTold(route, told)),
                                "Expected Route "
                                        + told.destination().network()
                                        + told.gateway()
                                                .map(router -> " via " + IpPrefix.textOf(router))
                                                .orElse("")
                                        + " not found in routing table"));
    }

    private static boolean isAsTold(Route route, ResultRoute told) {
        long table = told.table().isPresent() ? told.table().getAsInt() : RouteTable.MAIN;
        return route.destination().equals(told.destination().network())
                && route.table() == table
                && told.gateway()
                        .map(router -> route.gateway().equals(Optional.of(router)))
                        .orElse(true);
    }

    /// Whether the host passes on what the container sends.
    void requireForwarding(Link inside) {
        own(inside).stream()
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
