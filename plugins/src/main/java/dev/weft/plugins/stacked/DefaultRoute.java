package dev.weft.plugins.stacked;

import dev.weft.linux.IpFamily;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.Links;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.route.Route;
import dev.weft.linux.route.RouteFilter;
import dev.weft.linux.route.RouteNextHop;
import dev.weft.linux.route.RouteTable;
import dev.weft.linux.route.Routes;
import java.util.Optional;
import java.util.stream.Stream;

/// The link by which a namespace reaches everybody: that of the first default route of the main
/// table, of IPv4 before IPv6. The kernel has no question for it but the whole table.
final class DefaultRoute {
    private DefaultRoute() {}

    /// The link.
    ///
    /// @param socket of the namespace
    static Optional<Link> link(NetlinkSocket socket) {
        return Stream.of(IpFamily.IPV4, IpFamily.IPV6)
                .flatMap(family -> defaults(socket, family))
                .flatMap(route -> route.nextHops().stream())
                .map(RouteNextHop::linkIndex)
                .findFirst()
                .flatMap(index -> new Links(socket).find(index));
    }

    private static Stream<Route> defaults(NetlinkSocket socket, IpFamily family) {
        RouteFilter main = RouteFilter.all().family(family).table(RouteTable.MAIN);
        return new Routes(socket).list(main).stream().filter(Route::isDefault);
    }
}
