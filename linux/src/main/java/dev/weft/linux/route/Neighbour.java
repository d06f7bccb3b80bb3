package dev.weft.linux.route;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.IpFamily;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/// A neighbour of IP as the kernel described it: who has an address on a link, by ARP or neighbour
/// discovery. What has no accessor here is in [#attributes].
///
/// @param linkIndex of the link; 0 for a proxy on all links
/// @param address the neighbour's
/// @param stateBits see [#states]
/// @param flags bits, see [#has]
/// @param type of the address, as with routes
/// @param attributes of [NeighbourAttributes]
public record Neighbour(
        int linkIndex,
        InetAddress address,
        int stateBits,
        int flags,
        RouteType type,
        Attributes attributes) {

    /// A neighbour; nothing for a forwarding entry.
    static Optional<Neighbour> decode(NetlinkMessage message) {
        NeighbourHeader header = NeighbourHeader.decode(message.body());
        return IpFamily.of(header.family()).map(family -> decode(header, message));
    }

    private static Neighbour decode(NeighbourHeader header, NetlinkMessage message) {
        Attributes attributes =
                Attributes.decode(
                        NeighbourAttributes.TABLE, message.body().from(NeighbourHeader.BYTES));
        return new Neighbour(
                header.linkIndex(),
                attributes
                        .find(NeighbourAttributes.DESTINATION)
                        .orElseThrow(
                                () -> new MalformedMessageException("a neighbour without address")),
                header.state(),
                NeighbourFlag.join(
                        header.flags(), attributes.orElse(NeighbourAttributes.EXTENDED_FLAGS, 0L)),
                new RouteType(header.type()),
                attributes);
    }

    public IpFamily family() {
        return IpFamily.of(address);
    }

    /// Absent while it is not known.
    public Optional<HardwareAddress> hardwareAddress() {
        return attributes.find(NeighbourAttributes.HARDWARE_ADDRESS);
    }

    /// What is known of its hardware address.
    public Set<NeighbourState> states() {
        return NeighbourState.of(stateBits);
    }

    public boolean has(NeighbourFlag flag) {
        return (flags & flag.bit()) != 0;
    }
}
