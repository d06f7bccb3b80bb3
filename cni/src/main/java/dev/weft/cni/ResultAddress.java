package dev.weft.cni;

import dev.weft.linux.IpPrefix;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/// An address in a result.
///
/// @param interfaceIndex which of the result's interfaces has it, counted from 0; may point nowhere
/// @param address with the subnet's prefix length
/// @param gateway the subnet's gateway
public record ResultAddress(
        OptionalInt interfaceIndex, IpPrefix address, Optional<InetAddress> gateway) {

    /// An address that is not yet anybody's, as IPAM plugins give them.
    public static ResultAddress of(IpPrefix address, Optional<InetAddress> gateway) {
        return new ResultAddress(OptionalInt.empty(), address, gateway);
    }

    /// This on an interface of the result.
    public ResultAddress on(int index) {
        return new ResultAddress(OptionalInt.of(index), address, gateway);
    }

    /// This with a gateway.
    public ResultAddress withGateway(InetAddress router) {
        return new ResultAddress(interfaceIndex, address, Optional.of(router));
    }
}
