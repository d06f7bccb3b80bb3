package dev.weft.linux.route;

import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkFlags;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.WatchedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Routes as a [dev.weft.linux.netlink.Watch] follows them.
///
/// The kernel tells of routes that are added and deleted by request, but takes away silently those
/// of a link that goes down, of an address that goes and of a next hop object that goes
/// (`fib_table_flush`, `rt6_remove_prefsrc`, `__remove_nexthop_fib`). So this listens to these as
/// well, and asks for the table to be read again.
final class WatchedRoutes implements WatchedTable<WatchedRoutes.Key, Route> {
    private static final int RTM_DELADDR = Addresses.RTM_DELADDR;

    /// What tells two routes apart. Several of one destination and metric may stand behind each
    /// other, so everything counts that is asked for; except with IPv6 routes that become one more
    /// next hop of each other.
    record Key(
            long table,
            IpPrefix destination,
            IpPrefix source,
            int typeOfService,
            long metric,
            Optional<Path> path) {
        boolean samePlace(Key other) {
            return table == other.table
                    && destination.equals(other.destination)
                    && source.equals(other.source)
                    && typeOfService == other.typeOfService
                    && metric == other.metric;
        }
    }

    /// Where a route leads, without what the kernel notes on it.
    record Path(RouteType type, Scope scope, List<RouteNextHop> hops, Attributes asked) {
        static Path of(Route route) {
            return new Path(
                    route.type(),
                    route.scope(),
                    route.nextHops().stream().map(RouteNextHop::asked).toList(),
                    route.attributes()
                            .without(RouteAttributes.NEXT_HOPS)
                            .without(RouteParts.READ_ONLY));
        }
    }

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public int[] groups() {
        return new int[] {
            RouteGroups.LINK,
            RouteGroups.IPV4_ADDRESS,
            RouteGroups.IPV6_ADDRESS,
            RouteGroups.IPV4_ROUTE,
            RouteGroups.IPV6_ROUTE,
            RouteGroups.NEXT_HOP
        };
    }

    @Override
    public Dump<Route> dump(NetlinkSocket socket) {
        return new Routes(socket).dump(RouteFilter.all());
    }

    @Override
    public Key key(Route route) {
        return new Key(
                route.table(),
                route.destination(),
                route.source(),
                route.typeOfService(),
                route.metric(),
                joins(route) ? Optional.empty() : Optional.of(Path.of(route)));
    }

    /// Whether IPv6 makes one route of it and others like it (`rt6_qualify_for_ecmp` in
    /// `include/net/ip6_route.h`): those with a gateway that neither a router advertised nor a next
    /// hop object brings.
    private static boolean joins(Route route) {
        return route.family() == IpFamily.IPV6
                && route.nextHopId().isEmpty()
                && !route.protocol().equals(RouteProtocol.ROUTER_ADVERTISEMENT)
                && route.nextHops().stream().anyMatch(hop -> hop.gateway().isPresent());
    }

    /// Counters and the time that is left differ at every reading.
    @Override
    public boolean same(Route before, Route after) {
        return settled(before).equals(settled(after));
    }

    private static Route settled(Route route) {
        return new Route(
                route.destination(),
                route.source(),
                route.typeOfService(),
                route.table(),
                route.protocol(),
                route.scope(),
                route.type(),
                route.flags(),
                route.attributes().without(RouteAttributes.CACHE_INFO));
    }

    @Override
    public List<Update<Route>> updates(NetlinkMessage message, Map<Key, Route> rows) {
        return switch (message.type()) {
            case Routes.RTM_NEWROUTE ->
                    tableRoute(message).map(route -> made(message, route, rows)).orElse(List.of());
            case Routes.RTM_DELROUTE ->
                    tableRoute(message).map(route -> deleted(route, rows)).orElse(List.of());
            case RTM_DELADDR, NextHops.RTM_DELNEXTHOP -> List.of(new Update.Unknown<>());
            case NextHops.RTM_NEWNEXTHOP -> unknownIf(replaces(message));
            case LinkEvents.RTM_NEWLINK, LinkEvents.RTM_DELLINK ->
                    unknownIf(LinkEvents.mayTakeAway(message) || anyDead(rows));
            default -> List.of();
        };
    }

    private static Optional<Route> tableRoute(NetlinkMessage message) {
        return Route.decode(message).filter(route -> !route.has(RouteFlag.CLONED));
    }

    private static boolean replaces(NetlinkMessage message) {
        return (message.flags() & NetlinkFlags.REPLACE) != 0;
    }

    private static List<Update<Route>> unknownIf(boolean unknown) {
        return unknown ? List.of(new Update.Unknown<>()) : List.of();
    }

    /// Flags that say a link is down go away silently when it comes up.
    private static boolean anyDead(Map<Key, Route> rows) {
        return rows.values().stream()
                .flatMap(route -> route.nextHops().stream())
                .anyMatch(hop -> hop.has(RouteFlag.DEAD) || hop.has(RouteFlag.LINK_DOWN));
    }

    /// A replacement names the new route alone. Which one it took the place of is known only with
    /// IPv4, and if there is just one. An IPv6 route of several next hops begins with the one that
    /// came last, unlike when it is listed.
    private List<Update<Route>> made(NetlinkMessage message, Route route, Map<Key, Route> rows) {
        boolean four = route.family() == IpFamily.IPV4;
        List<Update<Route>> updates = new ArrayList<>();
        if (replaces(message)) {
            updates.addAll(replaced(key(route), rows));
        }
        if (updates.size() > (four ? 1 : 0) || (!four && route.nextHops().size() > 1)) {
            return List.of(new Update.Unknown<>());
        }
        updates.add(new Update.Present<>(route));
        return updates;
    }

    private static List<Update<Route>> replaced(Key key, Map<Key, Route> rows) {
        return rows.entrySet().stream()
                .filter(row -> row.getKey().samePlace(key) && !row.getKey().equals(key))
                .<Update<Route>>map(row -> new Update.Absent<>(row.getValue()))
                .toList();
    }

    /// With IPv6 one next hop of several may be meant, and the message looks the same.
    private List<Update<Route>> deleted(Route route, Map<Key, Route> rows) {
        Route known = rows.get(key(route));
        return known != null && known.nextHops().size() != route.nextHops().size()
                ? List.of(new Update.Unknown<>())
                : List.of(new Update.Absent<>(route));
    }
}
