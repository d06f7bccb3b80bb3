package dev.weft.linux.route;

import dev.weft.linux.netlink.Attribute;
import java.util.List;

/// Which attributes of a route belong together.
final class RouteParts {
    /// What describes a next hop.
    static final List<Attribute<?>> HOP =
            List.of(
                    RouteAttributes.GATEWAY,
                    RouteAttributes.VIA,
                    RouteAttributes.REALMS,
                    RouteAttributes.ENCAPSULATION_TYPE,
                    RouteAttributes.ENCAPSULATION,
                    RouteAttributes.NEW_DESTINATION);

    /// What a next hop object brings by itself: the kernel shows both, and takes only one.
    static final List<Attribute<?>> OF_NEXT_HOP_OBJECT =
            List.of(
                    RouteAttributes.GATEWAY,
                    RouteAttributes.VIA,
                    RouteAttributes.OUTPUT_LINK,
                    RouteAttributes.NEXT_HOPS,
                    RouteAttributes.ENCAPSULATION_TYPE,
                    RouteAttributes.ENCAPSULATION);

    /// What the kernel tells and nobody can ask for.
    static final List<Attribute<?>> READ_ONLY =
            List.of(
                    RouteAttributes.CACHE_INFO,
                    RouteAttributes.MULTICAST_STATISTICS,
                    RouteAttributes.INPUT_LINK,
                    RouteAttributes.MARK,
                    RouteAttributes.USER);

    private RouteParts() {}
}
