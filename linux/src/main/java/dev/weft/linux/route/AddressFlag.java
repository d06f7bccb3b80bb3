package dev.weft.linux.route;

/// What is special about an address (`IFA_F_*`, `include/uapi/linux/if_addr.h`).
public enum AddressFlag {
    /// Another address of the same prefix came first (IPv4), or a temporary address (IPv6).
    SECONDARY(0x1),
    /// Used at once, without looking for a duplicate.
    NO_DUPLICATE_DETECTION(0x2),
    /// Used while a duplicate is being looked for.
    OPTIMISTIC(0x4),
    /// Somebody else has it.
    DUPLICATE(0x8),
    /// The home address of a mobile node.
    HOME_ADDRESS(0x10),
    /// Its preferred lifetime is over: no new connections from it.
    DEPRECATED(0x20),
    /// A duplicate is being looked for.
    TENTATIVE(0x40),
    /// It has no lifetime.
    PERMANENT(0x80),
    /// Temporary addresses are made from it (IPv6).
    MANAGE_TEMPORARY(0x100),
    /// It brings no route to its prefix.
    NO_PREFIX_ROUTE(0x200),
    /// A multicast address that is joined while it is there (IPv4, IPv6).
    MULTICAST_AUTO_JOIN(0x400),
    /// Its interface part is stable and opaque (RFC 7217).
    STABLE_PRIVACY(0x800);

    private final int bit;

    AddressFlag(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }
}
