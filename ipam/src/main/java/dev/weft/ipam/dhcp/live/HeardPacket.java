package dev.weft.ipam.dhcp.live;

import dev.weft.linux.packet.PacketChecksum;
import dev.weft.linux.packet.ReceivedFrame;
import dev.weft.wire.ChecksumState;
import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv6;
import dev.weft.wire.Ipv4;
import dev.weft.wire.Layer;
import dev.weft.wire.LinkType;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import dev.weft.wire.Udp;
import java.util.Optional;

/// What of a link can be believed: packet sockets come before the kernel's own checks.
final class HeardPacket {
    private HeardPacket() {}

    /// The packet of a frame, unless it is damaged.
    static Optional<Packet> of(ReceivedFrame frame) {
        Packet packet = Packet.decode(LinkType.ETHERNET, Slice.of(frame.bytes().bytes()));
        boolean isDamaged =
                !packet.problems().isEmpty()
                        || isBad(packet, Ipv4.View.class)
                        || (frame.checksum() == PacketChecksum.UNKNOWN
                                && isBad(packet, Udp.View.class));
        return isDamaged ? Optional.empty() : Optional.of(packet);
    }

    private static boolean isBad(Packet packet, Class<? extends Layer> kind) {
        return packet.first(kind)
                .filter(layer -> packet.checksum(layer) == ChecksumState.BAD)
                .isPresent();
    }

    /// The message to a DHCPv6 client in a packet, if there is one.
    static Optional<Slice> dhcpv6(Packet packet) {
        return packet.first(Udp.View.class)
                .filter(udp -> udp.destinationPort() == Dhcpv6.CLIENT_PORT)
                .flatMap(_ -> packet.first(Dhcpv6.View.class))
                .map(Dhcpv6.View::bytes);
    }

    /// The message to a client in a packet, if there is one.
    static Optional<Slice> dhcp(Packet packet) {
        return packet.first(Udp.View.class)
                .filter(udp -> udp.destinationPort() == Dhcpv4.CLIENT_PORT)
                .flatMap(_ -> packet.first(Dhcpv4.View.class))
                .map(Dhcpv4.View::bytes);
    }
}
