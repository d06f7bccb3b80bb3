package dev.weft.cli.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One packet's way: where it was seen, in order.
///
/// @param flow what it is, as first seen
/// @param hops every sighting, with what changed since the one before
record Trail(Flow flow, List<Hop> hops) {
    Trail {
        hops = List.copyOf(hops);
    }

    /// One sighting on the way.
    ///
    /// @param source address, with port where there is one
    /// @param destination likewise
    /// @param changes since the sighting before; none at the first
    record Hop(
            String node,
            String device,
            Sighting.Direction direction,
            String protocol,
            String source,
            String destination,
            List<Change> changes) {
        Hop {
            changes = List.copyOf(changes);
        }

        boolean isAt(String aNode, String aDevice, Sighting.Direction aDirection) {
            return node.equals(aNode) && device.equals(aDevice) && direction == aDirection;
        }
    }

    /// Sorts what was captured into the ways of packets, by the time each was first seen. Packets
    /// of protocols that no lab follows are left out.
    static List<Trail> of(List<Sighting> sightings) {
        Map<Flow.Identity, List<Sighting>> ways = new LinkedHashMap<>();
        for (Sighting sighting : sightings) {
            Flow.of(sighting.packet())
                    .ifPresent(flow ->
                            ways.computeIfAbsent(flow.identity(), first -> new ArrayList<>())
                                    .add(sighting));
        }
        return ways.values().stream().map(Trail::ofPacket).toList();
    }

    private static Trail ofPacket(List<Sighting> sightings) {
        List<Hop> hops = new ArrayList<>();
        Sighting before = sightings.getFirst();
        for (Sighting sighting : sightings) {
            hops.add(hop(sighting, Change.between(before, sighting)));
            before = sighting;
        }
        return new Trail(Flow.of(sightings.getFirst().packet()).orElseThrow(), hops);
    }

    private static Hop hop(Sighting sighting, List<Change> changes) {
        Flow flow = Flow.of(sighting.packet()).orElseThrow();
        return new Hop(
                sighting.node(),
                sighting.device(),
                sighting.direction(),
                flow.protocol(),
                flow.source(),
                flow.destination(),
                changes);
    }
}
