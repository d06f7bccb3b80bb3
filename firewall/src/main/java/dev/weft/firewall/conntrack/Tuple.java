package dev.weft.firewall.conntrack;

import dev.weft.firewall.conntrack.TupleAttributes.Addresses;
import dev.weft.firewall.conntrack.TupleAttributes.Protocol;
import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import java.net.InetAddress;
import java.util.Optional;

/// One direction of a connection: who sends what kind of packets to whom.
///
/// @param source of the packets of this direction
/// @param destination of the same family
public record Tuple(
        InetAddress source,
        InetAddress destination,
        TransportProtocol protocol,
        Transport transport) {
    public Tuple {
        if (IpFamily.of(source) != IpFamily.of(destination)) {
            throw new InvalidRequestException(
                    "a tuple has addresses of one family, not "
                            + IpPrefix.textOf(source)
                            + " and "
                            + IpPrefix.textOf(destination));
        }
    }

    /// A tuple of a protocol with ports.
    public static Tuple of(
            TransportProtocol protocol,
            InetAddress source,
            int sourcePort,
            InetAddress destination,
            int destinationPort) {
        return new Tuple(
                source, destination, protocol, new Transport.Ports(sourcePort, destinationPort));
    }

    /// An echo request of the addresses' version of ICMP.
    ///
    /// @param id of the echo, 0 to 65,535
    public static Tuple echo(InetAddress source, InetAddress destination, int id) {
        return switch (IpFamily.of(source)) {
            case IPV4 ->
                    new Tuple(
                            source,
                            destination,
                            TransportProtocol.ICMP,
                            new Transport.Icmp(8, 0, id));
            case IPV6 ->
                    new Tuple(
                            source,
                            destination,
                            TransportProtocol.ICMPV6,
                            new Transport.Icmp(128, 0, id));
        };
    }

    /// The tuple of the answers, where nothing is translated.
    public Tuple reversed() {
        return new Tuple(destination, source, protocol, transport.reversed());
    }

    public IpFamily family() {
        return IpFamily.of(source);
    }

    /// Reads attributes of [TupleAttributes].
    static Tuple decode(Attributes tuple) {
        Attributes addresses =
                tuple.find(TupleAttributes.ADDRESSES).orElseThrow(() -> lacks("addresses"));
        Attributes protocol =
                tuple.find(TupleAttributes.PROTOCOL).orElseThrow(() -> lacks("protocol"));
        return new Tuple(
                source(addresses).orElseThrow(() -> lacks("source")),
                destination(addresses).orElseThrow(() -> lacks("destination")),
                new TransportProtocol(
                        protocol.find(Protocol.NUMBER).orElseThrow(() -> lacks("protocol"))),
                Transport.decode(protocol));
    }

    private static Optional<InetAddress> source(Attributes addresses) {
        return addresses.has(Addresses.SOURCE4)
                ? addresses.find(Addresses.SOURCE4).map(InetAddress.class::cast)
                : addresses.find(Addresses.SOURCE6).map(InetAddress.class::cast);
    }

    private static Optional<InetAddress> destination(Attributes addresses) {
        return addresses.has(Addresses.SOURCE4)
                ? addresses.find(Addresses.DESTINATION4).map(InetAddress.class::cast)
                : addresses.find(Addresses.DESTINATION6).map(InetAddress.class::cast);
    }

    private static MalformedMessageException lacks(String part) {
        return new MalformedMessageException("a tuple of a connection has no " + part);
    }

    /// As attributes of [TupleAttributes].
    Attributes encode() {
        return Attributes.build(
                TupleAttributes.TABLE,
                writer ->
                        writer.nest(TupleAttributes.ADDRESSES, this::encodeAddresses)
                                .nest(TupleAttributes.PROTOCOL, this::encodeProtocol));
    }

    private void encodeAddresses(AttributeWriter writer) {
        Addresses.source(writer, source);
        Addresses.destination(writer, destination);
    }

    private void encodeProtocol(AttributeWriter writer) {
        writer.put(Protocol.NUMBER, protocol.number());
        Transport.encode(transport, protocol, writer);
    }

    /// As `conntrack -L` prints it: `src=10.0.0.1 dst=10.0.0.2 sport=1024 dport=53`.
    @Override
    public String toString() {
        return "src="
                + IpPrefix.textOf(source)
                + " dst="
                + IpPrefix.textOf(destination)
                + switch (transport) {
                    case Transport.Ports(int from, int to)
                            when protocol.equals(TransportProtocol.GRE) ->
                            " srckey=0x"
                                    + Integer.toHexString(from)
                                    + " dstkey=0x"
                                    + Integer.toHexString(to);
                    case Transport.Ports(int from, int to) -> " sport=" + from + " dport=" + to;
                    case Transport.Icmp(int type, int code, int id) ->
                            " type=" + type + " code=" + code + " id=" + id;
                    case Transport.None() -> "";
                };
    }
}
