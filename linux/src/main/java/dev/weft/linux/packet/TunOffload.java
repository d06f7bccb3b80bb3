package dev.weft.linux.packet;

/// Work that the reader of a queue takes off the kernel (`TUN_F_` of
/// `include/uapi/linux/if_tun.h`): it gets packets with that work still to do, described by the
/// virtio header.
public enum TunOffload {
    /// Transport checksums. The others need it.
    CHECKSUM(0x01),
    /// Cutting TCP over IPv4 into segments.
    TCP_IPV4(0x02),
    /// Cutting TCP over IPv6 into segments.
    TCP_IPV6(0x04),
    /// Cutting TCP whose segments carry congestion marks.
    TCP_ECN(0x08),
    /// Cutting UDP over IPv4, since 6.2.
    UDP_IPV4(0x20),
    /// Cutting UDP over IPv6, since 6.2.
    UDP_IPV6(0x40);

    private final int bit;

    TunOffload(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }
}
