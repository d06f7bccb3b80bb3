package dev.weft.linux.route;

import dev.weft.linux.netlink.Attribute;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// Which attributes of a route belong together.
final class RouteParts {
    /// What describes a next hop.
    static final Set<Integer> HOP =
            numbers(
                    RouteAttributes.GATEWAY,
                    RouteAttributes.VIA,
                    RouteAttributes.REALMS,
                    RouteAttributes.ENCAPSULATION_TYPE,
                    RouteAttributes.ENCAPSULATION,
                    RouteAttributes.NEW_DESTINATION);

    /// What a next hop object brings by itself: the kernel shows both, and takes only one.
    static final Set<Integer> OF_NEXT_HOP_OBJECT =
            numbers(
                    RouteAttributes.GATEWAY,
                    RouteAttributes.VIA,
                    RouteAttributes.OUTPUT_LINK,
                    RouteAttributes.NEXT_HOPS,
                    RouteAttributes.ENCAPSULATION_TYPE,
                    RouteAttributes.ENCAPSULATION);

    /// What the kernel tells and nobody can ask for.
    static final Set<Integer> READ_ONLY =
            numbers(
                    RouteAttributes.CACHE_INFO,
                    RouteAttributes.MULTICAST_STATISTICS,
                    RouteAttributes.INPUT_LINK,
                    RouteAttributes.MARK,
                    RouteAttributes.USER);

    private RouteParts() {}

    private static Set<Integer> numbers(Attribute<?>... attributes) {
        return Arrays.stream(attributes)
                .map(Attribute::number)
                .collect(Collectors.toUnmodifiableSet());
    }
}
