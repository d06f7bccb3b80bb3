package dev.weft.linux.packet;

import dev.weft.linux.InvalidRequestException;

/// What a [PacketSocket] receives, and how. Immutable, each method answers new options.
///
/// ```java
/// PacketSocketOptions.on(link.index()).filter(PacketFilter.ipProtocol(1)).promiscuous();
/// ```
///
/// @param linkIndex the link to receive from, 0 for all of the namespace
/// @param protocol the EtherType to receive, [#ALL_PROTOCOLS], or [#NO_PROTOCOL]
/// @param filter which packets of these
/// @param ring the memory for them
/// @param ignoresOutgoing leaves out what the link sends
/// @param isPromiscuous asks the link for frames to others as well, while the socket is open
public record PacketSocketOptions(
        int linkIndex,
        int protocol,
        PacketFilter filter,
        RingSize ring,
        boolean ignoresOutgoing,
        boolean isPromiscuous) {
    /// Everything, sent and received; a single protocol shows received packets alone.
    public static final int ALL_PROTOCOLS = 3;

    /// Nothing, for a socket that only sends.
    public static final int NO_PROTOCOL = 0;

    public PacketSocketOptions {
        if (linkIndex < 0 || protocol < 0 || protocol > 0xffff) {
            throw new InvalidRequestException(
                    "a packet socket takes a link's index and an EtherType, not "
                            + linkIndex
                            + " and "
                            + protocol);
        }
        if (isPromiscuous && linkIndex == 0) {
            throw new InvalidRequestException(
                    "one link at a time can be made promiscuous: name its index");
        }
    }

    /// Everything on one link, in a small ring.
    public static PacketSocketOptions on(int linkIndex) {
        return new PacketSocketOptions(
                linkIndex,
                ALL_PROTOCOLS,
                PacketFilter.all(PacketFilter.WHOLE),
                RingSize.SMALL,
                false,
                false);
    }

    /// Everything on all links, those that come later included.
    public static PacketSocketOptions onAllLinks() {
        return on(0);
    }

    /// An EtherType, [#ALL_PROTOCOLS] or [#NO_PROTOCOL].
    public PacketSocketOptions protocol(int number) {
        return new PacketSocketOptions(
                linkIndex, number, filter, ring, ignoresOutgoing, isPromiscuous);
    }

    public PacketSocketOptions filter(PacketFilter other) {
        return new PacketSocketOptions(
                linkIndex, protocol, other, ring, ignoresOutgoing, isPromiscuous);
    }

    public PacketSocketOptions ring(RingSize size) {
        return new PacketSocketOptions(
                linkIndex, protocol, filter, size, ignoresOutgoing, isPromiscuous);
    }

    public PacketSocketOptions ignoreOutgoing() {
        return new PacketSocketOptions(linkIndex, protocol, filter, ring, true, isPromiscuous);
    }

    public PacketSocketOptions promiscuous() {
        return new PacketSocketOptions(linkIndex, protocol, filter, ring, ignoresOutgoing, true);
    }
}
