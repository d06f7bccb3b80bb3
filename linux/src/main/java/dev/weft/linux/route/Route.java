package dev.weft.linux.route;

import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// A route as the kernel described it; what has no accessor here is in [#attributes].
///
/// @param destination which packets it is for; in the answer to a lookup, the address asked for
/// @param source where they must come from: all addresses, except with IPv6 source routing
/// @param typeOfService the value packets must have, 0 for any; with IPv4 the upper six bits
/// @param table the table it is in
/// @param protocol who made it
/// @param scope how far away the destination is; IPv6 has always [Scope#GLOBAL]
/// @param type what happens to the packets
/// @param flags bits, see [#has]
/// @param attributes of [RouteAttributes]
public record Route(
        IpPrefix destination,
        IpPrefix source,
        int typeOfService,
        long table,
        RouteProtocol protocol,
        Scope scope,
        RouteType type,
        int flags,
        Attributes attributes) {

    /// A route of IP; nothing for one of MPLS or multicast forwarding.
    static Optional<Route> decode(NetlinkMessage message) {
        RouteHeader header = RouteHeader.decode(message.body());
        return IpFamily.of(header.family()).map(family -> decode(family, header, message));
    }

    private static Route decode(IpFamily family, RouteHeader header, NetlinkMessage message) {
        Attributes attributes =
                Attributes.decode(RouteAttributes.TABLE, message.body().from(RouteHeader.BYTES));
        return new Route(
                Prefixes.of(
                        family,
                        attributes,
                        RouteAttributes.DESTINATION,
                        header.destinationLength()),
                Prefixes.of(family, attributes, RouteAttributes.SOURCE, header.sourceLength()),
                header.typeOfService(),
                attributes.orElse(RouteAttributes.ROUTE_TABLE, (long) header.table()),
                new RouteProtocol(header.protocol()),
                new Scope(header.scope()),
                new RouteType(header.type()),
                header.flags(),
                attributes);
    }

    public IpFamily family() {
        return IpFamily.of(destination.address());
    }

    /// Whether it is for every address of its family.
    public boolean isDefault() {
        return destination.length() == 0;
    }

    /// Among routes of one prefix the lowest wins; 0 where the kernel does not say.
    public long metric() {
        return attributes.orElse(RouteAttributes.METRIC, 0L);
    }

    /// The source address for local senders.
    public Optional<InetAddress> preferredSource() {
        return attributes.find(RouteAttributes.PREFERRED_SOURCE);
    }

    /// The gateway where there is one next hop, of either family.
    public Optional<InetAddress> gateway() {
        return RouteAttributes.gateway(attributes);
    }

    /// The index of the link it leaves by, where there is one next hop.
    public Optional<Integer> outputLink() {
        return attributes.find(RouteAttributes.OUTPUT_LINK);
    }

    /// The next hop object it uses.
    public Optional<Long> nextHopId() {
        return attributes.find(RouteAttributes.NEXT_HOP_ID);
    }

    /// All ways it may take: several, the one, or none where it leads nowhere.
    public List<RouteNextHop> nextHops() {
        return attributes
                .find(RouteAttributes.NEXT_HOPS)
                .orElseGet(() ->
                        outputLink().stream()
                                .map(link -> new RouteNextHop(link, 1, hopFlags(), hop()))
                                .toList());
    }

    /// The flags of the route that speak of its one next hop.
    private int hopFlags() {
        return flags & 0xff;
    }

    private Attributes hop() {
        return attributes.only(RouteParts.HOP);
    }

    /// A value of its metrics.
    public <T> Optional<T> metric(Attribute<T> attribute) {
        return attributes.find(RouteAttributes.METRICS).flatMap(all -> all.find(attribute));
    }

    /// A value of its encapsulation, of the table that belongs to the type.
    public <T> Optional<T> encapsulation(Attribute<T> attribute) {
        return attributes
                .nested(RouteAttributes.ENCAPSULATION)
                .flatMap(data -> data.find(attribute));
    }

    public boolean has(RouteFlag flag) {
        return flag.in(flags);
    }
}
