package dev.weft.linux.packet;

import dev.weft.linux.netlink.Slice;

/// A frame that a [FrameSocket] received.
///
/// @param bytes from the link-layer header on; a VLAN tag is not among them
/// @param checksum whether the transport checksum can be judged
public record ReceivedFrame(Slice bytes, PacketChecksum checksum) {}
