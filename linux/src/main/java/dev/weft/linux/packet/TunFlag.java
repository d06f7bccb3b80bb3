package dev.weft.linux.packet;

/// How a queue of a TUN or TAP device is to behave (`IFF_` of `include/uapi/linux/if_tun.h`).
public enum TunFlag {
    /// The device may have several queues, up to 256; each of them says so.
    MULTI_QUEUE(0x0100),
    /// Before each packet stands a `struct virtio_net_hdr` of ten bytes, in the machine's byte
    /// order (`include/uapi/linux/virtio_net.h`): it says which checksum is left to do and how to
    /// cut an aggregated packet.
    VIRTIO_HEADER(0x4000),
    /// A device of that name must not exist yet.
    EXCLUSIVE(0x8000);

    private final int bit;

    TunFlag(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }
}
