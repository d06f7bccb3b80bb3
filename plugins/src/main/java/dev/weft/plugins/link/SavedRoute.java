package dev.weft.plugins.link;

import com.google.gson.JsonObject;
import dev.weft.cni.Fields;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.route.Route;
import dev.weft.linux.route.RouteAttributes;
import dev.weft.linux.route.RouteProtocol;
import dev.weft.linux.route.RouteRequest;
import dev.weft.linux.route.RouteType;
import dev.weft.linux.route.Routes;
import dev.weft.linux.route.Scope;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/// A route by a device, to be given back to the host: as the kernel told it.
///
/// @param route by the index that the device had
record SavedRoute(Route route) {
    /// What comes back by itself.
    private static final Set<RouteProtocol> BY_THEMSELVES =
            Set.of(
                    RouteProtocol.KERNEL,
                    RouteProtocol.REDIRECT,
                    RouteProtocol.ROUTER_ADVERTISEMENT);

    /// Whether a route is to be given back: somebody made it.
    static boolean isGiven(Route route) {
        return !BY_THEMSELVES.contains(route.protocol());
    }

    /// Those that lead to a neighbour come first: the others need them.
    int order() {
        return route.gateway().isPresent() ? 1 : 0;
    }

    /// What gives it back.
    ///
    /// @param index of the link that it leads by
    /// @param table in which a route of its table is to be
    NetlinkRequest toRestore(int index, LongUnaryOperator table) {
        return Routes.toAppend(
                RouteRequest.of(route).outputLink(index).table(table.applyAsLong(route.table())));
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("destination", route.destination().toString());
        json.addProperty("source", route.source().toString());
        json.addProperty("typeOfService", route.typeOfService());
        json.addProperty("table", route.table());
        json.addProperty("protocol", route.protocol().number());
        json.addProperty("scope", route.scope().number());
        json.addProperty("routeType", route.type().number());
        json.addProperty("flags", route.flags());
        json.addProperty("attributes", AttributeText.of(route.attributes()));
        return json;
    }

    static SavedRoute of(Fields fields) {
        return new SavedRoute(
                new Route(
                        IpPrefix.parse(fields.text("destination").orElse("")),
                        IpPrefix.parse(fields.text("source").orElse("")),
                        fields.integer("typeOfService").orElse(0),
                        fields.number("table").orElse(0L),
                        new RouteProtocol(fields.integer("protocol").orElse(0)),
                        new Scope(fields.integer("scope").orElse(0)),
                        new RouteType(fields.integer("routeType").orElse(0)),
                        fields.integer("flags").orElse(0),
                        AttributeText.read(fields, RouteAttributes.TABLE)));
    }
}
