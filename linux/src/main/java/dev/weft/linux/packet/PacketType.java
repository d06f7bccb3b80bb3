package dev.weft.linux.packet;

import dev.weft.linux.MalformedMessageException;

/// Whom a frame is for, or that it goes out, as the kernel classified it (`sll_pkttype`,
/// `include/uapi/linux/if_packet.h`).
public enum PacketType {
    /// Received for this host.
    HOST,
    /// Received for everyone on the link.
    BROADCAST,
    /// Received for a group.
    MULTICAST,
    /// Received for another host: seen by promiscuous links, bridges and their ports.
    OTHER_HOST,
    /// Sent by this link.
    OUTGOING,
    /// Sent to itself.
    LOOPBACK,
    /// To a process, on a link that shows netlink messages.
    USER,
    /// To the kernel, on a link that shows netlink messages.
    KERNEL;

    private static final PacketType[] BY_NUMBER = values();

    static PacketType of(int number) {
        if (number >= BY_NUMBER.length) {
            throw new MalformedMessageException("a packet has type " + number);
        }
        return BY_NUMBER[number];
    }
}
