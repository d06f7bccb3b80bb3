package dev.weft.linux.route;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/// A forwarding entry as the kernel described it: behind which port of a bridge, or which end of a
/// tunnel, a hardware address is. What has no accessor here is in [#attributes].
///
/// @param linkIndex of the port
/// @param stateBits see [#states]
/// @param flags bits, see [#has]
/// @param attributes of [NeighbourAttributes]
public record ForwardingEntry(int linkIndex, int stateBits, int flags, Attributes attributes) {
    static final int AF_BRIDGE = 7;

    /// A forwarding entry; nothing for a neighbour.
    static Optional<ForwardingEntry> decode(NetlinkMessage message) {
        NeighbourHeader header = NeighbourHeader.decode(message.body());
        return header.family() == AF_BRIDGE
                ? Optional.of(decode(header, message))
                : Optional.empty();
    }

    private static ForwardingEntry decode(NeighbourHeader header, NetlinkMessage message) {
        Attributes attributes =
                Attributes.decode(
                        NeighbourAttributes.TABLE, message.body().from(NeighbourHeader.BYTES));
        return new ForwardingEntry(
                header.linkIndex(),
                header.state(),
                NeighbourFlag.join(
                        header.flags(), attributes.orElse(NeighbourAttributes.EXTENDED_FLAGS, 0L)),
                attributes);
    }

    /// The address it is for; all zeros is a tunnel's entry for every other address.
    public Optional<HardwareAddress> hardwareAddress() {
        return attributes.find(NeighbourAttributes.HARDWARE_ADDRESS);
    }

    /// The end of the tunnel.
    public Optional<InetAddress> destination() {
        return attributes.find(NeighbourAttributes.DESTINATION);
    }

    /// The VLAN in which it holds; none where the bridge does not look at VLANs.
    public Optional<Integer> vlan() {
        return attributes.find(NeighbourAttributes.VLAN);
    }

    /// The index of the bridge.
    public Optional<Integer> master() {
        return attributes.find(NeighbourAttributes.MASTER);
    }

    /// [NeighbourState#PERMANENT] for an own address, [NeighbourState#NO_RESOLUTION] for one set by
    /// hand, others for one that was learnt.
    public Set<NeighbourState> states() {
        return NeighbourState.of(stateBits);
    }

    public boolean has(NeighbourFlag flag) {
        return (flags & flag.bit()) != 0;
    }
}
