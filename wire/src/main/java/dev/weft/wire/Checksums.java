package dev.weft.wire;

import java.util.List;
import java.util.Optional;

/// Verifies the checksums of a decoded packet's layers.
final class Checksums {
    private Checksums() {}

    /// The state of the last layer's checksum, the others being around it.
    static ChecksumState ofLast(List<Layer> layers) {
        return switch (layers.getLast()) {
            case Ipv4.View ip -> state(InternetChecksum.verify(ip.header()));
            case Icmpv4.View icmp ->
                    pseudoHeader(layers, IpProtocol.ICMP)
                            .map(_ -> state(InternetChecksum.verify(icmp.bytes())))
                            .orElse(ChecksumState.UNVERIFIABLE);
            case Udp.View udp ->
                    udp.checksum() == 0
                            ? ChecksumState.ABSENT
                            : transport(layers, IpProtocol.UDP, udp.bytes());
            case Tcp.View tcp -> transport(layers, IpProtocol.TCP, tcp.bytes());
            case Icmpv6.View icmp -> transport(layers, IpProtocol.ICMPV6, icmp.bytes());
            case Ethernet.View _,
                    LinuxCooked.View _,
                    Vlan.View _,
                    Arp.View _,
                    Ipv6.View _,
                    Ipv6Options.View _,
                    Ipv6Routing.View _,
                    Ipv6Fragment.View _,
                    Authentication.View _,
                    Vxlan.View _,
                    Dhcpv4.View _,
                    Dhcpv6.View _ ->
                    ChecksumState.ABSENT;
        };
    }

    private static ChecksumState state(boolean agrees) {
        return agrees ? ChecksumState.GOOD : ChecksumState.BAD;
    }

    private static ChecksumState transport(List<Layer> layers, IpProtocol protocol, Slice segment) {
        return pseudoHeader(layers, protocol)
                .map(pseudo -> state(InternetChecksum.verify(pseudo, segment)))
                .orElse(ChecksumState.UNVERIFIABLE);
    }

    /// The pseudo header for the last layer; empty when the packet does not hold all that the
    /// checksum covers.
    private static Optional<PseudoHeader> pseudoHeader(List<Layer> layers, IpProtocol protocol) {
        for (Layer layer : layers.reversed()) {
            if (!isWhole(layer)) {
                return Optional.empty();
            }
            if (layer instanceof Ipv4.View ip) {
                return Optional.of(new PseudoHeader(ip.source(), ip.destination(), protocol));
            }
            if (layer instanceof Ipv6.View ip) {
                return Optional.of(new PseudoHeader(ip.source(), ip.destination(), protocol));
            }
        }
        return Optional.empty();
    }

    private static boolean isWhole(Layer layer) {
        return layer.missing() == 0
                && !(layer instanceof Ipv4.View ip && ip.isFragment())
                && !(layer instanceof Ipv6Fragment.View fragment && fragment.isFragment())
                && !(layer instanceof Ipv6Routing.View routing && routing.segmentsLeft() > 0);
    }
}
