package dev.weft.linux.link;

/// The flags of a link (`IFF_*`, `include/uapi/linux/if.h`).
public enum LinkFlag {
    /// Set up by its owner.
    UP(0x1),
    BROADCAST(0x2),
    DEBUG(0x4),
    LOOPBACK(0x8),
    POINT_TO_POINT(0x10),
    NO_TRAILERS(0x20),
    /// Its [OperationalState] allows packets.
    RUNNING(0x40),
    NO_ARP(0x80),
    /// Takes every packet it sees.
    PROMISCUOUS(0x100),
    ALL_MULTICAST(0x200),
    /// The main one of a bundle.
    MASTER(0x400),
    /// One of a bundle: a port of a bond.
    SLAVE(0x800),
    MULTICAST(0x1000),
    PORT_SELECT(0x2000),
    AUTO_MEDIA(0x4000),
    /// Its addresses are lost when it goes down.
    DYNAMIC(0x8000),
    /// It has a carrier.
    LOWER_UP(0x10000),
    DORMANT(0x20000),
    ECHO(0x40000);

    private final int bit;

    LinkFlag(int bit) {
        this.bit = bit;
    }

    /// The bit in the kernel's word.
    public int bit() {
        return bit;
    }
}
