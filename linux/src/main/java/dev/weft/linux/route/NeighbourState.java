package dev.weft.linux.route;

import java.util.EnumSet;
import java.util.Set;

/// What the kernel knows of a neighbour's hardware address (`NUD_*`,
/// `include/uapi/linux/neighbour.h`). An entry has one of them, or none yet.
public enum NeighbourState {
    /// It is being asked for.
    INCOMPLETE(0x1),
    /// It answered lately.
    REACHABLE(0x2),
    /// It was right once; the next packet makes the kernel check it.
    STALE(0x4),
    /// A packet was sent to it; the check follows soon.
    DELAY(0x8),
    /// It is being checked.
    PROBE(0x10),
    /// Nobody answered.
    FAILED(0x20),
    /// The link needs none.
    NO_RESOLUTION(0x40),
    /// Set by hand, never checked.
    PERMANENT(0x80);

    private final int bit;

    NeighbourState(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    /// The states of some bits; bits without a name are left out.
    static Set<NeighbourState> of(int bits) {
        Set<NeighbourState> states = EnumSet.noneOf(NeighbourState.class);
        for (NeighbourState state : values()) {
            if ((bits & state.bit) != 0) {
                states.add(state);
            }
        }
        return states;
    }
}
