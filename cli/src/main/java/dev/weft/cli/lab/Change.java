package dev.weft.cli.lab;

import dev.weft.wire.Ipv4;
import dev.weft.wire.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What happened to a packet between two sightings.
sealed interface Change {
    /// Source address translation.
    record Source(String before, String after) implements Change {}

    /// Destination address translation.
    record Destination(String before, String after) implements Change {}

    /// A router took from the time to live.
    record TimeToLive(int before, int after) implements Change {}

    /// It goes to another station of a link: routing, or the first hop.
    record LinkAddresses(String source, String destination) implements Change {}

    /// The differences of a packet from one sighting to the next.
    static List<Change> between(Sighting before, Sighting after) {
        List<Change> changes = new ArrayList<>();
        Optional<Flow> earlier = Flow.of(before.packet());
        Optional<Flow> later = Flow.of(after.packet());
        if (earlier.isPresent() && later.isPresent()) {
            addAddresses(changes, earlier.get(), later.get());
        }
        int ttlBefore = timeToLive(before.packet());
        int ttlAfter = timeToLive(after.packet());
        if (ttlBefore != ttlAfter) {
            changes.add(new TimeToLive(ttlBefore, ttlAfter));
        }
        if (!before.sourceMac().equals(after.sourceMac())
                || !before.destinationMac().equals(after.destinationMac())) {
            changes.add(linkAddresses(after));
        }
        return List.copyOf(changes);
    }

    private static void addAddresses(List<Change> changes, Flow earlier, Flow later) {
        if (!earlier.source().equals(later.source())) {
            changes.add(new Source(earlier.source(), later.source()));
        }
        if (!earlier.destination().equals(later.destination())) {
            changes.add(new Destination(earlier.destination(), later.destination()));
        }
    }

    private static LinkAddresses linkAddresses(Sighting sighting) {
        return new LinkAddresses(
                sighting.sourceMac().map(Object::toString).orElse("?"),
                sighting.destinationMac().map(Object::toString).orElse("?"));
    }

    private static int timeToLive(Packet packet) {
        return packet.first(Ipv4.View.class).map(Ipv4.View::timeToLive).orElse(0);
    }
}
