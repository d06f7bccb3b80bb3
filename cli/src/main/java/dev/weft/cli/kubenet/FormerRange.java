package dev.weft.cli.kubenet;

import dev.weft.linux.IpPrefix;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/// A range that the node had before.
///
/// @param gateway the node's own address in it
/// @param pods the addresses of it that pods still have
record FormerRange(IpPrefix gateway, List<InetAddress> pods) {
    private static final int MOST_NAMED = 5;

    FormerRange {
        pods = List.copyOf(pods);
    }

    /// The range that an address of the bridge is of.
    ///
    /// @param ranges those that are wanted; who has an address of theirs, and their gateway, needs
    ///   no other
    static FormerRange of(IpPrefix gateway, List<PodRange> ranges, List<InetAddress> leases) {
        IpPrefix network = gateway.network();
        return new FormerRange(
                gateway,
                leases.stream()
                        .filter(network::contains)
                        .filter(pod ->
                                ranges.stream().noneMatch(range -> serves(range, gateway, pod)))
                        .toList());
    }

    private static boolean serves(PodRange range, IpPrefix gateway, InetAddress pod) {
        return range.gateway().address().equals(gateway.address()) && range.cidr().contains(pod);
    }

    boolean isNeeded() {
        return !pods.isEmpty();
    }

    /// Whether pods could get addresses that pods of this one have, or its gateway's.
    boolean isMixedWith(PodRange range) {
        IpPrefix network = gateway.network();
        return range.cidr().contains(network.address()) || network.contains(range.cidr().address());
    }

    String podNames() {
        String first =
                pods.stream()
                        .limit(MOST_NAMED)
                        .map(IpPrefix::textOf)
                        .collect(Collectors.joining(", "));
        return pods.size() > MOST_NAMED
                ? first + " and " + (pods.size() - MOST_NAMED) + " more"
                : first;
    }
}
