package dev.weft.plugins.link;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultInterface;
import dev.weft.cni.ResultRoute;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.Route;
import dev.weft.linux.route.RouteFilter;
import dev.weft.linux.route.RouteTable;
import dev.weft.linux.route.Routes;
import dev.weft.plugins.site.Container;
import java.util.List;
import java.util.Optional;

/// Whether a container's interface is still as a result says. A hardware address that a later
/// plugin changed is in the result as well, so it is no difference.
///
/// @param request with the result
/// @param container where the interface is
/// @param result of the whole list of plugins
public record InterfaceCheck(Request request, Container container, Result result) {

    public static InterfaceCheck of(Request request, Container container) {
        return new InterfaceCheck(
                request,
                container,
                request.configuration()
                        .previousResult()
                        .orElseThrow(() -> failure("Required prevResult missing")));
    }

    public static CniException failure(String text) {
        return new CniException(ErrorCode.INTERNAL, text);
    }

    public static void require(boolean fine, String text) {
        if (!fine) {
            throw failure(text);
        }
    }

    /// What the result says of the interface.
    ResultInterface told() {
        String name = request.interfaceName();
        return result.interfaces().stream()
                .filter(each -> each.name().equals(name) && each.sandbox().equals(request.netns()))
                .findFirst()
                .orElseThrow(() ->
                        failure(
                                "prevResult has no interface "
                                        + name
                                        + " in "
                                        + request.netns().orElse("")));
    }

    /// The interface.
    ///
    /// @param kind that it is of
    /// @param up whether it should be
    public Link requireLink(LinkKind kind, boolean up) {
        Link link = requireLink(up);
        require(
                link.kind().equals(Optional.of(kind)),
                "Container interface " + link.name() + " not of type " + kind.kernelName());
        return link;
    }

    /// The interface, of whatever kind.
    ///
    /// @param up whether it should be
    public Link requireLink(boolean up) {
        ResultInterface told = told();
        String name = told.name();
        Link link =
                container
                        .links()
                        .find(name)
                        .orElseThrow(() -> failure("Container interface " + name + " not found"));
        requireAddress(told, link, "Container");
        require(link.isUp() == up, "Container interface " + name + (up ? " is down" : " is up"));
        return link;
    }

    public static void requireAddress(ResultInterface told, Link link, String where) {
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

    /// The interface's MTU; one that a later plugin changed is in the result.
    ///
    /// @param configured 0 where none is
    public void requireMtu(Link inside, int configured) {
        int bytes = told().mtuBytes().orElse(configured);
        require(
                bytes == 0 || inside.mtu() == bytes,
                "Container interface "
                        + inside.name()
                        + " MTU "
                        + bytes
                        + " doesn't match: it has "
                        + inside.mtu());
    }

    /// The addresses of the interface.
    public void requireAddresses(Link inside) {
        List<Address> present = new Addresses(container.socket()).list(inside.index());
        for (IpPrefix own : own(inside)) {
            require(
                    present.stream().anyMatch(address -> address.prefix().equals(own)),
                    "Failed to match addr " + own + " on interface " + inside.name());
        }
    }

    public List<IpPrefix> own(Link inside) {
        return new ContainerAddresses(container, inside.index(), inside.name(), result).own();
    }

    /// The routes of the interface, in the tables that the result names.
    public void requireRoutes(Link inside) {
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
}
