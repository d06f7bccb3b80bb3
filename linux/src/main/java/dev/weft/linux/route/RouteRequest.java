package dev.weft.linux.route;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What is asked of a route: only what was named here; the kernel chooses the rest. Immutable, each
/// method answers a new request.
///
/// ```java
/// routes.add(RouteRequest.to(IpFamily.IPV4.everything()).via(gateway).outputLink(eth0.index()));
/// ```
public final class RouteRequest {
    private final IpPrefix destination;
    private final IpPrefix source;
    private final int typeOfService;
    private final Optional<RouteProtocol> protocol;
    private final Optional<Scope> scope;
    private final Optional<RouteType> type;
    private final int flags;
    private final Attributes attributes;

    private RouteRequest(
            IpPrefix destination,
            IpPrefix source,
            int typeOfService,
            Optional<RouteProtocol> protocol,
            Optional<Scope> scope,
            Optional<RouteType> type,
            int flags,
            Attributes attributes) {
        this.destination = destination;
        this.source = source;
        this.typeOfService = typeOfService;
        this.protocol = protocol;
        this.scope = scope;
        this.type = type;
        this.flags = flags;
        this.attributes = attributes;
    }

    /// A route in the main table.
    ///
    /// @throws InvalidRequestException when the destination has bits after its prefix: the kernel
    ///   refuses them with IPv4 and ignores them with IPv6
    public static RouteRequest to(IpPrefix destination) {
        if (!destination.equals(destination.network())) {
            throw new InvalidRequestException(
                    destination
                            + " has bits after its prefix; the network is "
                            + destination.network());
        }
        IpFamily family = IpFamily.of(destination.address());
        return new RouteRequest(
                        destination,
                        family.everything(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Attributes.empty(RouteAttributes.TABLE))
                .prefix(RouteAttributes.DESTINATION, destination);
    }

    /// What would make a route again, or delete exactly it, as it was read.
    public static RouteRequest of(Route route) {
        Attributes asked = route.attributes().without(RouteParts.READ_ONLY);
        if (route.nextHopId().isPresent()) {
            asked = asked.without(RouteParts.OF_NEXT_HOP_OBJECT);
        }
        RouteRequest same =
                new RouteRequest(
                        route.destination(),
                        route.source(),
                        route.typeOfService(),
                        Optional.of(route.protocol()),
                        Optional.of(route.scope()),
                        Optional.of(route.type()),
                        route.flags() & RouteFlag.ON_LINK.bit(),
                        asked);
        return asked.find(RouteAttributes.NEXT_HOPS)
                .map(hops -> same.nextHops(hops.stream().map(RouteNextHop::asked).toList()))
                .orElse(same);
    }

    /// Any attribute of a route.
    public <T> RouteRequest set(Attribute<T> attribute, T value) {
        return with(writer -> writer.put(attribute, value));
    }

    private RouteRequest with(Consumer<AttributeWriter> more) {
        return with(protocol, scope, type, flags, attributes.and(more));
    }

    private RouteRequest with(
            Optional<RouteProtocol> newProtocol,
            Optional<Scope> newScope,
            Optional<RouteType> newType,
            int newFlags,
            Attributes newAttributes) {
        return new RouteRequest(
                destination,
                source,
                typeOfService,
                newProtocol,
                newScope,
                newType,
                newFlags,
                newAttributes);
    }

    private RouteRequest prefix(Attribute<InetAddress> attribute, IpPrefix prefix) {
        return prefix.length() == 0 ? this : set(attribute, prefix.address());
    }

    /// Sends through a gateway; of the other family as well (RFC 5549).
    public RouteRequest via(InetAddress gateway) {
        return with(writer -> RouteAttributes.putGateway(writer, family(), gateway));
    }

    /// Leaves by a link.
    public RouteRequest outputLink(int index) {
        return set(RouteAttributes.OUTPUT_LINK, index);
    }

    /// Several next hops at once.
    public RouteRequest nextHops(List<RouteNextHop> hops) {
        return set(RouteAttributes.NEXT_HOPS, hops);
    }

    /// Leaves by a next hop object; gateway and link come from it.
    public RouteRequest nextHopId(long id) {
        return set(RouteAttributes.NEXT_HOP_ID, id);
    }

    /// Only for packets from there (IPv6 alone; IPv4 has policy rules for it).
    public RouteRequest from(IpPrefix packets) {
        RouteRequest request =
                new RouteRequest(
                        destination,
                        packets,
                        typeOfService,
                        protocol,
                        scope,
                        type,
                        flags,
                        attributes);
        return request.prefix(RouteAttributes.SOURCE, packets);
    }

    /// Only for packets with this type of service (IPv4).
    ///
    /// @param value 0 to 255
    public RouteRequest typeOfService(int value) {
        Numbers.requireByte("type of service", value);
        return new RouteRequest(
                destination, source, value, protocol, scope, type, flags, attributes);
    }

    /// Into another table than main.
    ///
    /// @param number 1 to 2^32 - 1
    public RouteRequest table(long number) {
        return set(RouteAttributes.ROUTE_TABLE, number);
    }

    /// Among routes of one prefix the lowest wins.
    public RouteRequest metric(long value) {
        return set(RouteAttributes.METRIC, value);
    }

    /// The source address for local senders.
    public RouteRequest preferredSource(InetAddress address) {
        return set(RouteAttributes.PREFERRED_SOURCE, address);
    }

    public RouteRequest protocol(RouteProtocol maker) {
        return with(Optional.of(maker), scope, type, flags, attributes);
    }

    public RouteRequest scope(Scope distance) {
        return with(protocol, Optional.of(distance), type, flags, attributes);
    }

    /// What happens to the packets, unless they are sent on.
    public RouteRequest type(RouteType action) {
        return with(protocol, scope, Optional.of(action), flags, attributes);
    }

    /// Sets a flag, of which the kernel takes [RouteFlag#ON_LINK] and [RouteFlag#PERVASIVE].
    public RouteRequest flag(RouteFlag flag) {
        return with(protocol, scope, type, flags | flag.bit(), attributes);
    }

    /// What TCP should assume of the path, of [RouteMetrics].
    public RouteRequest metrics(Consumer<AttributeWriter> values) {
        return with(writer -> writer.nest(RouteAttributes.METRICS, values));
    }

    /// Packs what it sends.
    ///
    /// @param values of the way's own table
    public RouteRequest encapsulate(Encapsulation way, Consumer<AttributeWriter> values) {
        return with(writer ->
                writer.put(RouteAttributes.ENCAPSULATION_TYPE, way.number())
                        .nest(RouteAttributes.ENCAPSULATION, values));
    }

    IpFamily family() {
        return IpFamily.of(destination.address());
    }

    Attributes attributes() {
        return attributes;
    }

    /// The header of a request that makes the route.
    RouteHeader toMake() {
        return header(
                protocol.orElse(RouteProtocol.BOOT),
                scope.orElseGet(this::usualScope),
                type.orElse(RouteType.UNICAST));
    }

    /// The header of a request that deletes it: what was not named does not matter.
    RouteHeader toDelete() {
        return header(
                protocol.orElse(RouteProtocol.UNSPECIFIED),
                scope.orElse(Scope.NOWHERE),
                type.orElse(new RouteType(0)));
    }

    private RouteHeader header(RouteProtocol maker, Scope distance, RouteType action) {
        return new RouteHeader(
                family().number(),
                destination.length(),
                source.length(),
                typeOfService,
                RouteTable.headerByte(
                        attributes.orElse(RouteAttributes.ROUTE_TABLE, RouteTable.MAIN)),
                maker.number(),
                distance.number(),
                action.number(),
                flags);
    }

    /// The scope that `ip route` would choose, as the kernel demands one that fits (`fib_check_nh`
    /// in `net/ipv4/fib_semantics.c`).
    private Scope usualScope() {
        RouteType action = type.orElse(RouteType.UNICAST);
        if (family() == IpFamily.IPV6) {
            return Scope.GLOBAL;
        }
        if (action.equals(RouteType.LOCAL) || action.equals(RouteType.NAT)) {
            return Scope.HOST;
        }
        boolean toEverybody =
                action.equals(RouteType.BROADCAST)
                        || action.equals(RouteType.MULTICAST)
                        || action.equals(RouteType.ANYCAST);
        return toEverybody || (action.equals(RouteType.UNICAST) && !leadsAway())
                ? Scope.LINK
                : Scope.GLOBAL;
    }

    private boolean leadsAway() {
        return RouteAttributes.gateway(attributes).isPresent()
                || attributes.find(RouteAttributes.NEXT_HOPS).isPresent()
                || attributes.find(RouteAttributes.NEXT_HOP_ID).isPresent();
    }

    /// The route, for messages: `blackhole route to 10.0.0.0/8 in table 7`.
    @Override
    public String toString() {
        return type.map(action -> action + " ").orElse("")
                + "route to "
                + destination
                + attributes
                        .find(RouteAttributes.ROUTE_TABLE)
                        .map(number -> " in table " + number)
                        .orElse("");
    }
}
