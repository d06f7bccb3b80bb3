package dev.weft.linux.packet;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import java.net.InetAddress;
import java.util.Set;

/// How an [IcmpSocket] sends and what it receives. Immutable, each method answers new options.
///
/// @param source the address to send from and to receive at, which also says the family; the
///   unspecified one for any
/// @param linkIndex the link to send and receive on, 0 for any
/// @param hopLimit TTL or hop limit of what is sent, 1 to 255, or 0 for the system's
/// @param mark the firewall mark of what is sent, 0 for none
/// @param types the message types to receive; none named means all. Of IPv4, types above 31 are
///   received in any case.
public record IcmpSocketOptions(
        InetAddress source, int linkIndex, int hopLimit, int mark, Set<Integer> types) {
    private static final int MAX_BYTE = 255;

    public IcmpSocketOptions {
        types = Set.copyOf(types);
        if (linkIndex < 0 || hopLimit < 0 || hopLimit > MAX_BYTE) {
            throw new InvalidRequestException(
                    "an ICMP socket takes a link's index and a hop limit of 1 to 255, not "
                            + linkIndex
                            + " and "
                            + hopLimit);
        }
        if (types.stream().anyMatch(type -> type < 0 || type > MAX_BYTE)) {
            throw new InvalidRequestException("ICMP types are 0 to 255, not " + types);
        }
    }

    /// ICMP, from whichever address the route says.
    public static IcmpSocketOptions ipv4() {
        return from(IpPrefix.parseAddress("0.0.0.0"));
    }

    /// ICMPv6, from whichever address the route says.
    public static IcmpSocketOptions ipv6() {
        return from(IpPrefix.parseAddress("::"));
    }

    /// From one address, of either family.
    public static IcmpSocketOptions from(InetAddress source) {
        return new IcmpSocketOptions(source, 0, 0, 0, Set.of());
    }

    public IcmpSocketOptions on(int index) {
        return new IcmpSocketOptions(source, index, hopLimit, mark, types);
    }

    public IcmpSocketOptions hopLimit(int hops) {
        return new IcmpSocketOptions(source, linkIndex, hops, mark, types);
    }

    public IcmpSocketOptions mark(int firewallMark) {
        return new IcmpSocketOptions(source, linkIndex, hopLimit, firewallMark, types);
    }

    public IcmpSocketOptions types(Set<Integer> received) {
        return new IcmpSocketOptions(source, linkIndex, hopLimit, mark, received);
    }
}
