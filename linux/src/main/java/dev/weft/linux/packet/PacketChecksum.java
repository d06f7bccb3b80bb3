package dev.weft.linux.packet;

/// What the kernel knows of a packet's transport checksum.
public enum PacketChecksum {
    /// Nothing: it is to be verified by whoever needs it.
    UNKNOWN,
    /// Verified, by the device or the kernel.
    VALID,
    /// Not computed yet, left to a device. On veth pairs, bridges and loopback it stays so all the
    /// way, and the field holds the sum of the pseudo header alone: it is no error.
    NOT_READY;

    private static final int STATUS_NOT_READY = 0x8;
    private static final int STATUS_VALID = 0x80;

    static PacketChecksum of(int status) {
        if ((status & STATUS_NOT_READY) != 0) {
            return NOT_READY;
        }
        return (status & STATUS_VALID) != 0 ? VALID : UNKNOWN;
    }
}
