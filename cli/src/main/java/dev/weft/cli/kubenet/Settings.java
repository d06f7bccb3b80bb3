package dev.weft.cli.kubenet;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a node's pods shall have.
///
/// @param bridge its name
/// @param ranges at most one of a family
/// @param direct whither pods speak under their own addresses; a family with no such network, or
///   with the network of all addresses, is not masqueraded
/// @param mtuBytes of bridge and pods; nothing for that of the uplinks
record Settings(
        String bridge,
        List<PodRange> ranges,
        List<IpPrefix> direct,
        HairpinMode hairpin,
        Optional<Integer> mtuBytes) {
    /// IPv6 needs 1280 of a link (RFC 8200, section 5), every host of IPv4 takes 576 (RFC 1122,
    /// section 3.3.3).
    private static final int LEAST_MTU6 = 1280;

    private static final int LEAST_MTU4 = 576;
    private static final int MOST_MTU = 65_535;

    Settings {
        requireBridgeName(bridge);
        ranges = List.copyOf(ranges);
        direct = direct.stream().map(IpPrefix::network).toList();
        for (IpFamily family : IpFamily.values()) {
            List<PodRange> same =
                    ranges.stream().filter(range -> range.family() == family).toList();
            if (same.size() > 1) {
                throw new InvalidRequestException(
                        same.get(0).cidr()
                                + " and "
                                + same.get(1).cidr()
                                + " are of one family: a pod has one address of each");
            }
        }
        if (mtuBytes.isPresent()) {
            requireMtu(mtuBytes.get(), ranges);
        }
    }

    /// @throws InvalidRequestException when no link can have the name
    static void requireBridgeName(String name) {
        LinkRequest _ = LinkRequest.of(LinkKind.BRIDGE, name);
    }

    private static void requireMtu(int bytes, List<PodRange> ranges) {
        boolean hasIpv6 = ranges.stream().anyMatch(range -> range.family() == IpFamily.IPV6);
        int least = hasIpv6 ? LEAST_MTU6 : LEAST_MTU4;
        if (bytes < least || bytes > MOST_MTU) {
            throw new InvalidRequestException(
                    "an MTU of " + bytes + " cannot be: from " + least + " to " + MOST_MTU);
        }
    }

    boolean masquerades(IpFamily family) {
        List<IpPrefix> of = direct(family).toList();
        return !of.isEmpty() && of.stream().noneMatch(network -> network.length() == 0);
    }

    Stream<IpPrefix> direct(IpFamily family) {
        return direct.stream().filter(network -> IpFamily.of(network.address()) == family);
    }

    List<IpPrefix> gateways() {
        return ranges.stream().map(PodRange::gateway).toList();
    }
}
