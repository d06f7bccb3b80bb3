package dev.weft.linux.route;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import java.net.InetAddress;
import java.util.Set;

/// What is asked of a neighbour or forwarding entry. Immutable, each method answers a new request.
///
/// ```java
/// neighbours.replace(eth0.index(), NeighbourRequest.permanent(address, hardwareAddress));
/// forwarding.append(vxlan.index(), NeighbourRequest.tunnel(hardwareAddress, otherEnd));
/// ```
public final class NeighbourRequest {
    private final int family;
    private final int state;
    private final int flags;
    private final Attributes attributes;

    private NeighbourRequest(int family, int state, int flags, Attributes attributes) {
        this.family = family;
        this.state = state;
        this.flags = flags;
        this.attributes = attributes;
    }

    /// A neighbour of which only the address is named: to delete it, or to have it resolved.
    public static NeighbourRequest of(InetAddress address) {
        return new NeighbourRequest(
                        IpFamily.of(address).number(),
                        0,
                        0,
                        Attributes.empty(NeighbourAttributes.TABLE))
                .set(NeighbourAttributes.DESTINATION, address);
    }

    /// A neighbour that is set by hand and never checked.
    public static NeighbourRequest permanent(InetAddress address, HardwareAddress hardware) {
        return of(address).hardwareAddress(hardware).states(Set.of(NeighbourState.PERMANENT));
    }

    /// An address that the host answers for on behalf of somebody else.
    public static NeighbourRequest proxy(InetAddress address) {
        return of(address).flag(NeighbourFlag.PROXY);
    }

    /// A forwarding entry of the bridge above the link, set by hand.
    public static NeighbourRequest port(HardwareAddress hardware) {
        return entry(hardware)
                .flag(NeighbourFlag.MASTER)
                .states(Set.of(NeighbourState.NO_RESOLUTION));
    }

    /// A forwarding entry of a tunnel link itself: what goes to this hardware address goes to that
    /// end. All zeros stand for every address that has no entry.
    public static NeighbourRequest tunnel(HardwareAddress hardware, InetAddress end) {
        return own(hardware).set(NeighbourAttributes.DESTINATION, end);
    }

    /// A hardware address that the link takes in beside its own.
    public static NeighbourRequest own(HardwareAddress hardware) {
        return entry(hardware).flag(NeighbourFlag.SELF).states(Set.of(NeighbourState.PERMANENT));
    }

    private static NeighbourRequest entry(HardwareAddress hardware) {
        return new NeighbourRequest(
                        ForwardingEntry.AF_BRIDGE,
                        0,
                        0,
                        Attributes.empty(NeighbourAttributes.TABLE))
                .hardwareAddress(hardware);
    }

    /// What would make a forwarding entry again, or delete exactly it, as it was read.
    public static NeighbourRequest of(ForwardingEntry entry) {
        return new NeighbourRequest(
                ForwardingEntry.AF_BRIDGE,
                entry.stateBits(),
                entry.flags() & ~NeighbourFlag.OFFLOADED.bit(),
                entry.attributes()
                        .without(NeighbourAttributes.CACHE_INFO, NeighbourAttributes.MASTER));
    }

    /// Any attribute of a neighbour.
    public <T> NeighbourRequest set(Attribute<T> attribute, T value) {
        Attributes more = attributes.and(writer -> writer.put(attribute, value));
        return new NeighbourRequest(family, state, flags, more);
    }

    public NeighbourRequest hardwareAddress(HardwareAddress hardware) {
        return set(NeighbourAttributes.HARDWARE_ADDRESS, hardware);
    }

    /// Instead of the states so far.
    public NeighbourRequest states(Set<NeighbourState> states) {
        int bits = states.stream().mapToInt(NeighbourState::bit).sum();
        return new NeighbourRequest(family, bits, flags, attributes);
    }

    /// Sets a flag.
    public NeighbourRequest flag(NeighbourFlag flag) {
        return new NeighbourRequest(family, state, flags | flag.bit(), attributes);
    }

    /// In this VLAN alone.
    ///
    /// @param number 1 to 4094
    public NeighbourRequest vlan(int number) {
        return set(NeighbourAttributes.VLAN, number);
    }

    NeighbourHeader header(int linkIndex) {
        return new NeighbourHeader(family, linkIndex, state, NeighbourFlag.header(flags), 0);
    }

    Attributes attributes() {
        long extended = NeighbourFlag.extended(flags);
        return extended == 0
                ? attributes
                : attributes.and(
                        writer -> writer.put(NeighbourAttributes.EXTENDED_FLAGS, extended));
    }

    /// What it is for, in messages: the address, else the hardware address.
    @Override
    public String toString() {
        boolean forwarding = family == ForwardingEntry.AF_BRIDGE;
        return (forwarding ? "forwarding entry " : "neighbour ")
                + (forwarding
                                ? attributes.find(NeighbourAttributes.HARDWARE_ADDRESS)
                                : attributes
                                        .find(NeighbourAttributes.DESTINATION)
                                        .map(IpPrefix::textOf))
                        .<Object>map(value -> value)
                        .orElse("");
    }
}
