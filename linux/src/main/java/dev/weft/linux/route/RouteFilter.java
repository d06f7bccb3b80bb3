package dev.weft.linux.route;

import dev.weft.linux.IpFamily;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import java.util.Optional;

/// Which routes to list; the kernel does the filtering, so what is left out costs nothing.
/// Immutable, each method answers a new filter.
public final class RouteFilter {
    private final Optional<IpFamily> family;
    private final int protocol;
    private final int type;
    private final Attributes attributes;

    private RouteFilter(Optional<IpFamily> family, int protocol, int type, Attributes attributes) {
        this.family = family;
        this.protocol = protocol;
        this.type = type;
        this.attributes = attributes;
    }

    /// Every route of every table.
    public static RouteFilter all() {
        return new RouteFilter(Optional.empty(), 0, 0, Attributes.empty(RouteAttributes.TABLE));
    }

    public RouteFilter family(IpFamily only) {
        return new RouteFilter(Optional.of(only), protocol, type, attributes);
    }

    /// Those of one table.
    public RouteFilter table(long number) {
        return set(RouteAttributes.ROUTE_TABLE, number);
    }

    /// Those that leave by a link.
    public RouteFilter outputLink(int index) {
        return set(RouteAttributes.OUTPUT_LINK, index);
    }

    /// Those of one maker.
    public RouteFilter protocol(RouteProtocol maker) {
        return new RouteFilter(family, maker.number(), type, attributes);
    }

    public RouteFilter type(RouteType only) {
        return new RouteFilter(family, protocol, only.number(), attributes);
    }

    private <T> RouteFilter set(Attribute<T> attribute, T value) {
        return new RouteFilter(
                family, protocol, type, attributes.and(writer -> writer.put(attribute, value)));
    }

    RouteHeader header() {
        int number = family.map(IpFamily::number).orElse(0);
        long table = attributes.orElse(RouteAttributes.ROUTE_TABLE, RouteTable.UNSPECIFIED);
        return new RouteHeader(number, 0, 0, 0, RouteTable.headerByte(table), protocol, 0, type, 0);
    }

    Attributes attributes() {
        return attributes;
    }
}
