package dev.weft.wire;

/// Which way a captured packet went, seen from the device: the lowest two bits of pcapng's packet
/// flags.
public enum Direction {
    /// Not known.
    UNKNOWN(0),
    /// Received by the device.
    INBOUND(1),
    /// Sent by the device.
    OUTBOUND(2);

    private final int flags;

    Direction(int flags) {
        this.flags = flags;
    }

    /// The flag word that says this direction and nothing else.
    int flags() {
        return flags;
    }

    /// The flag word's direction; the reserved fourth value is unknown too.
    static Direction ofFlags(long flags) {
        return switch ((int) (flags & 3)) {
            case 1 -> INBOUND;
            case 2 -> OUTBOUND;
            default -> UNKNOWN;
        };
    }
}
