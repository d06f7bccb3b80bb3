package dev.weft.firewall.expression;

import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import java.util.List;

/// What a packet has to be before a part of it means anything: a rule that reads an IPv4 address in
/// a table that sees IPv6 as well asks for IPv4 first.
public enum Guard {
    /// Nothing.
    NONE(Payload.Base.LINK, 0),
    /// An IPv4 packet.
    IPV4(Payload.Base.NETWORK, 2),
    /// An IPv6 packet.
    IPV6(Payload.Base.NETWORK, 10),
    /// An ICMP message.
    ICMP(Payload.Base.TRANSPORT, 1),
    /// A TCP segment.
    TCP(Payload.Base.TRANSPORT, 6),
    /// A UDP datagram.
    UDP(Payload.Base.TRANSPORT, 17),
    /// An ICMPv6 message.
    ICMPV6(Payload.Base.TRANSPORT, 58),
    /// An SCTP packet.
    SCTP(Payload.Base.TRANSPORT, 132);

    private static final int ETHER_TYPE_IPV4 = 0x0800;
    private static final int ETHER_TYPE_IPV6 = 0x86dd;

    private final Payload.Base layer;
    private final int number;

    Guard(Payload.Base layer, int number) {
        this.layer = layer;
        this.number = number;
    }

    /// The guard that a table of a family gives all of its rules.
    static Guard of(Family family) {
        return switch (family) {
            case IP -> IPV4;
            case IP6 -> IPV6;
            case INET, ARP, NETDEV, BRIDGE -> NONE;
        };
    }

    /// The comparison that makes sure of it in a table of a family.
    public List<Expression> expressions(Family family) {
        if (this == NONE || this == of(family)) {
            return List.of();
        }
        return switch (layer) {
            case LINK, INNER, TUNNEL -> List.of();
            case NETWORK -> network(family);
            case TRANSPORT -> equal(MetaKey.L4PROTO, Datum.u8(number));
        };
    }

    /// Bridges and devices see frames, whose Ethernet type tells the protocol.
    private List<Expression> network(Family family) {
        return switch (family) {
            case BRIDGE, NETDEV, ARP ->
                    equal(
                            MetaKey.PROTOCOL,
                            Datum.port(this == IPV4 ? ETHER_TYPE_IPV4 : ETHER_TYPE_IPV6));
            case INET, IP, IP6 -> equal(MetaKey.NFPROTO, Datum.u8(number));
        };
    }

    private static List<Expression> equal(MetaKey key, Datum value) {
        return List.of(
                new Meta(key, Register.FIRST),
                new Compare(Compare.Operator.EQUAL, Register.FIRST, value));
    }
}
