package dev.weft.firewall.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Steps of packets, gathered by packet: packets in the order in which the first step of each came,
/// steps in the order they came.
///
/// Bounded: the packet seen first gives way when there are too many, and a packet keeps so many
/// steps and no more. For one thread.
public final class PacketTraces {
    /// A jump per chain and a base chain per hook and priority: real ways are far shorter.
    static final int MAX_STEPS = 1024;

    private final int packets;
    private final Map<Integer, List<TraceEvent>> byId = new LinkedHashMap<>();

    /// No packets yet.
    ///
    /// @param packets how many are kept
    public PacketTraces(int packets) {
        this.packets = packets;
    }

    /// Adds a step.
    public void add(TraceEvent event) {
        List<TraceEvent> steps = byId.computeIfAbsent(event.id(), id -> new ArrayList<>());
        if (steps.size() < MAX_STEPS) {
            steps.add(event);
        }
        if (byId.size() > packets) {
            byId.remove(byId.keySet().iterator().next());
        }
    }

    /// The steps of each packet.
    public List<List<TraceEvent>> packets() {
        return byId.values().stream().map(List::copyOf).toList();
    }
}
