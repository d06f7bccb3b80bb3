package dev.weft.linux.link;

/// The flags of a link (`IFF_*`, `include/uapi/linux/if.h`).
public enum LinkFlag {
    UP(0x1),
    BROADCAST(0x2),
    LOOPBACK(0x8),
    POINT_TO_POINT(0x10),
    RUNNING(0x40),
    NO_ARP(0x80),
    PROMISCUOUS(0x100),
    ALL_MULTICAST(0x200),
    MULTICAST(0x1000),
    LOWER_UP(0x10000),
    DORMANT(0x20000);

    private final int bit;

    LinkFlag(int bit) {
        this.bit = bit;
    }

    /// The bit in the kernel's word.
    public int bit() {
        return bit;
    }
}
