package dev.weft.linux.packet;

import dev.weft.linux.netlink.Slice;

/// A packet as a link carried it, and what the kernel told about it.
///
/// @param timeNanoseconds when it passed, since 1970
/// @param linkIndex the link
/// @param hardwareType what the frame begins with, an `ARPHRD_` number: 1 and 772 for an Ethernet
///   header, 65534 for none (`include/uapi/linux/if_arp.h`)
/// @param protocol EtherType, as the kernel understood the packet
/// @param type direction and whom it is for
/// @param checksum whether the transport checksum can be judged
/// @param originalLength bytes on the link
/// @param frame the bytes from the link-layer header on, a VLAN tag in its place on the wire; fewer
///   than `originalLength` when truncated
public record CapturedPacket(
        long timeNanoseconds,
        int linkIndex,
        int hardwareType,
        int protocol,
        PacketType type,
        PacketChecksum checksum,
        int originalLength,
        Slice frame) {

    /// Whether the end is missing.
    public boolean isTruncated() {
        return frame.length() < originalLength;
    }
}
