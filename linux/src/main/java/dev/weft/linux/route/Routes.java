package dev.weft.linux.route;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkFlags;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Watch;
import java.util.List;

/// The routes of one namespace, in all of its tables.
///
/// The kernel tells routes of a table apart by destination, type of service and metric, with IPv6
/// also by source. What happens when a route of the same key is there depends on the intention:
///
/// | method | IPv4 | IPv6 |
/// |---|---|---|
/// | [#add] | refused with EEXIST | refused with EEXIST |
/// | [#append] | a second one behind it, used only when the first goes | becomes one more next hop of it |
/// | [#replace] | takes the place of the first one | takes its place with all next hops |
/// | [#change] | as replace; ENOENT when none is there | the same |
///
/// So a replacement with another metric replaces nothing and leaves two routes.
public final class Routes {
    static final int RTM_NEWROUTE = 24;
    static final int RTM_DELROUTE = 25;
    private static final int RTM_GETROUTE = 26;

    private final NetlinkSocket socket;

    /// The routes that a socket's namespace has.
    ///
    /// @param socket of [NetlinkProtocol#ROUTE], which stays the caller's
    public Routes(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Adds a route.
    ///
    /// @throws KernelException EEXIST when one of its key is there, ENETUNREACH when the gateway is
    ///   not reached directly, ENETDOWN when the link is down
    public void add(RouteRequest request) {
        socket.request(toAdd(request));
    }

    /// What [#add] sends, for a [NetlinkSocket#batch].
    public static NetlinkRequest toAdd(RouteRequest request) {
        return toMake("add", NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE, request);
    }

    /// Adds a route behind those of its key, or a next hop to the one of its key.
    public void append(RouteRequest request) {
        socket.request(toAppend(request));
    }

    /// What [#append] sends, for a [NetlinkSocket#attempt].
    public static NetlinkRequest toAppend(RouteRequest request) {
        return toMake("append", NetlinkFlags.CREATE | NetlinkFlags.APPEND, request);
    }

    /// Puts a route in the place of the first one of its key, or adds it.
    ///
    /// @throws KernelException EEXIST when the very same route stands further back (IPv4)
    public void replace(RouteRequest request) {
        socket.request(toMake("replace", NetlinkFlags.CREATE | NetlinkFlags.REPLACE, request));
    }

    /// Puts a route in the place of the first one of its key.
    ///
    /// @throws KernelException ENOENT when there is none
    public void change(RouteRequest request) {
        socket.request(toMake("change", NetlinkFlags.REPLACE, request));
    }

    /// Deletes the first route of a table that has everything the request names.
    ///
    /// @throws KernelException ESRCH when there is none
    public void delete(RouteRequest request) {
        socket.request(message(RTM_DELROUTE, 0, "delete", request.toDelete(), request));
    }

    private static NetlinkRequest toMake(String operation, int flags, RouteRequest request) {
        return message(RTM_NEWROUTE, flags, operation, request.toMake(), request);
    }

    private static NetlinkRequest message(
            int type, int flags, String operation, RouteHeader header, RouteRequest request) {
        return NetlinkRequest.of(
                type, flags, header::encode, request.attributes(), operation, request.toString());
    }

    /// All routes of all tables.
    ///
    /// @throws KernelException EINTR when they kept changing while they were read
    public List<Route> list() {
        return list(RouteFilter.all());
    }

    /// Some routes; none when the table does not exist.
    ///
    /// @throws KernelException EINTR when they kept changing while they were read
    public List<Route> list(RouteFilter filter) {
        return dump(filter).consistentRows();
    }

    /// Some routes, and whether they were read in one piece.
    public Dump<Route> dump(RouteFilter filter) {
        return Rows.dump(
                socket,
                NetlinkRequest.of(
                        RTM_GETROUTE,
                        0,
                        filter.header()::encode,
                        filter.attributes(),
                        "list",
                        "routes"),
                Route::decode,
                Errno.ENOENT);
    }

    /// Asks where a packet would go, as the kernel would decide now: rules, tables, next hops.
    ///
    /// @throws KernelException ENODEV when the lookup names a link that is not there
    public RouteAnswer lookUp(RouteLookup lookup) {
        try {
            return new RouteAnswer.Found(
                    RouteAnswer.decode(socket.ask(lookup.message(RTM_GETROUTE))));
        } catch (KernelException failed) {
            if (RouteAnswer.isRefusal(failed)) {
                return new RouteAnswer.Refused(failed.errno());
            }
            throw failed;
        }
    }

    /// Follows the routes of a namespace.
    public static Watch<?, Route> watch(NetworkNamespace namespace) {
        return Watch.open(NetlinkProtocol.ROUTE, namespace, new WatchedRoutes());
    }
}
