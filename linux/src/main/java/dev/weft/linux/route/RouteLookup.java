package dev.weft.linux.route;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkRequest;
import java.net.InetAddress;

/// The packet that a lookup assumes. Immutable, each method answers a new lookup.
///
/// ```java
/// routes.lookUp(RouteLookup.to(server).from(client).comingInBy(eth0.index()).tcp(40000, 80));
/// ```
public final class RouteLookup {
    private final InetAddress destination;
    private final int sourceLength;
    private final int typeOfService;
    private final int flags;
    private final Attributes attributes;

    private RouteLookup(
            InetAddress destination,
            int sourceLength,
            int typeOfService,
            int flags,
            Attributes attributes) {
        this.destination = destination;
        this.sourceLength = sourceLength;
        this.typeOfService = typeOfService;
        this.flags = flags;
        this.attributes = attributes;
    }

    /// A packet that is sent from here. The answer names the table that decided; IPv4 has to be
    /// asked for it, IPv6 refuses to be.
    public static RouteLookup to(InetAddress destination) {
        return new RouteLookup(
                        destination,
                        0,
                        0,
                        IpFamily.of(destination) == IpFamily.IPV4
                                ? RouteFlag.LOOKUP_TABLE.bit()
                                : 0,
                        Attributes.empty(RouteAttributes.TABLE))
                .set(RouteAttributes.DESTINATION, destination);
    }

    private <T> RouteLookup set(Attribute<T> attribute, T value) {
        Attributes more = attributes.and(writer -> writer.put(attribute, value));
        return new RouteLookup(destination, sourceLength, typeOfService, flags, more);
    }

    /// Its source address. For a packet that is sent from here, one of the own addresses.
    ///
    /// @throws InvalidRequestException when it is of another family
    public RouteLookup from(InetAddress source) {
        IpFamily family = IpFamily.of(source);
        if (family != IpFamily.of(destination)) {
            throw new InvalidRequestException(
                    IpPrefix.textOf(source)
                            + " has another family than "
                            + IpPrefix.textOf(destination));
        }
        RouteLookup lookup =
                new RouteLookup(destination, family.width(), typeOfService, flags, attributes);
        return lookup.set(RouteAttributes.SOURCE, source);
    }

    /// It comes in by a link, and is to be delivered or forwarded.
    public RouteLookup comingInBy(int linkIndex) {
        return set(RouteAttributes.INPUT_LINK, linkIndex);
    }

    /// Its socket is bound to a link.
    public RouteLookup boundTo(int linkIndex) {
        return set(RouteAttributes.OUTPUT_LINK, linkIndex);
    }

    /// Its firewall mark.
    ///
    /// @param value 0 to 2^32 - 1
    public RouteLookup mark(long value) {
        return set(RouteAttributes.MARK, value);
    }

    /// The user who sends it; else root.
    public RouteLookup user(long id) {
        return set(RouteAttributes.USER, id);
    }

    /// Its type of service or traffic class.
    public RouteLookup typeOfService(int value) {
        Numbers.requireByte("type of service", value);
        return new RouteLookup(destination, sourceLength, value, flags, attributes);
    }

    /// Its protocol.
    ///
    /// @param number 6 TCP, 17 UDP, 1 ICMP, 58 ICMPv6; the kernel takes no others
    public RouteLookup protocol(int number) {
        return set(RouteAttributes.IP_PROTOCOL, number);
    }

    public RouteLookup sourcePort(int port) {
        return set(RouteAttributes.SOURCE_PORT, port);
    }

    public RouteLookup destinationPort(int port) {
        return set(RouteAttributes.DESTINATION_PORT, port);
    }

    /// A segment of TCP.
    public RouteLookup tcp(int fromPort, int toPort) {
        return protocol(6).sourcePort(fromPort).destinationPort(toPort);
    }

    /// A datagram of UDP.
    public RouteLookup udp(int fromPort, int toPort) {
        return protocol(17).sourcePort(fromPort).destinationPort(toPort);
    }

    /// Asks for the route that matched, as it stands in its table, instead of what becomes of this
    /// packet.
    public RouteLookup matchedRoute() {
        int more = flags | RouteFlag.FIB_MATCH.bit();
        return new RouteLookup(destination, sourceLength, typeOfService, more, attributes);
    }

    NetlinkRequest message(int type) {
        IpFamily family = IpFamily.of(destination);
        RouteHeader header =
                new RouteHeader(
                        family.number(),
                        family.width(),
                        sourceLength,
                        typeOfService,
                        0,
                        0,
                        0,
                        0,
                        flags);
        String object = "route to " + IpPrefix.textOf(destination);
        return NetlinkRequest.of(type, 0, header::encode, attributes, "look up", object);
    }
}
