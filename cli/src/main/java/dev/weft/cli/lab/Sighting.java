package dev.weft.cli.lab;

import dev.weft.wire.Ethernet;
import dev.weft.wire.LinkType;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import java.util.Optional;

/// A frame as one device saw it.
///
/// @param node the name of the namespace
/// @param device the link's name in it
/// @param direction from the device's point of view
/// @param timestampNanoseconds since 1970-01-01 UTC
/// @param frame from the Ethernet header on
/// @param packet what the frame holds
record Sighting(
        String node,
        String device,
        Direction direction,
        long timestampNanoseconds,
        Slice frame,
        Packet packet) {
    /// Whether the device received or sent.
    enum Direction {
        IN,
        OUT
    }

    static Sighting of(
            String node,
            String device,
            Direction direction,
            long timestampNanoseconds,
            Slice frame) {
        Packet packet = Packet.decode(LinkType.ETHERNET, frame);
        return new Sighting(node, device, direction, timestampNanoseconds, frame, packet);
    }

    Optional<MacAddress> sourceMac() {
        return packet.first(Ethernet.View.class).map(Ethernet.View::source);
    }

    Optional<MacAddress> destinationMac() {
        return packet.first(Ethernet.View.class).map(Ethernet.View::destination);
    }
}
