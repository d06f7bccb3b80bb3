package dev.weft.cli.kubenet;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;

/// A range of addresses for the pods of a node.
///
/// @param cidr a network, with room for the gateway and a pod
record PodRange(IpPrefix cidr) {
    /// Addresses for the network, the gateway, the broadcast and at least one pod.
    private static final int HOST_BITS = 2;

    PodRange {
        int bits = cidr.address().getAddress().length * Byte.SIZE;
        if (!cidr.equals(cidr.network())) {
            throw new InvalidRequestException(
                    cidr + " is no network: did you mean " + cidr.network() + '?');
        }
        if (cidr.length() > bits - HOST_BITS || cidr.length() == 0) {
            throw new InvalidRequestException(
                    cidr + " is no range for pods: it needs room for four addresses at least");
        }
        if (cidr.address().isMulticastAddress() || cidr.address().isLoopbackAddress()) {
            throw new InvalidRequestException(cidr + " has no addresses that pods could have");
        }
    }

    IpFamily family() {
        return IpFamily.of(cidr.address());
    }

    /// The first address, which is the node's own, with the length of the range's prefix.
    IpPrefix gateway() {
        byte[] address = cidr.address().getAddress();
        address[address.length - 1]++;
        return new IpPrefix(IpPrefix.addressOf(address), cidr.length());
    }
}
