package dev.weft.linux.route;

/// What is special about a route or next hop (`RTNH_F_*` and `RTM_F_*`).
public enum RouteFlag {
    /// Its link is gone or down.
    DEAD(0x1),
    /// Do not look up the gateway recursively.
    PERVASIVE(0x2),
    /// The gateway is taken to be on the link even where no prefix says so.
    ON_LINK(0x4),
    /// A device forwards it in hardware.
    OFFLOADED(0x8),
    /// Its link has no carrier.
    LINK_DOWN(0x10),
    /// The next hop could not be resolved in user space (multicast).
    UNRESOLVED(0x20),
    /// A device traps its packets to the kernel.
    TRAPPED(0x40),
    /// A change of the route is to be notified (unused).
    NOTIFY(0x100),
    /// A cached result, not a route of a table.
    CLONED(0x200),
    /// The multipath hash is equalised (unused).
    EQUALIZE(0x400),
    /// An address prefix (IPv6).
    PREFIX(0x800),
    /// Asks a lookup for the table that answered; else it says main.
    LOOKUP_TABLE(0x1000),
    /// Asks a lookup for the route that matched instead of the destination.
    FIB_MATCH(0x2000),
    /// A device has the route.
    OFFLOAD(0x4000),
    /// A device traps packets of the route.
    TRAP(0x8000),
    /// A device could not take the route.
    OFFLOAD_FAILED(0x2000_0000);

    private final int bit;

    RouteFlag(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    boolean in(int flags) {
        return (flags & bit) != 0;
    }
}
