package dev.weft.cni;

import dev.weft.linux.IpPrefix;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/// A route in a result or a configuration.
///
/// @param destination the prefix
/// @param gateway the next hop; absent means the gateway of the first address of the family
/// @param mtuBytes the route's MTU
/// @param advertisedMss the maximal segment size to advertise
/// @param priority the metric
/// @param table the routing table
/// @param scope 0 global, 253 link, 254 host
public record ResultRoute(
        IpPrefix destination,
        Optional<InetAddress> gateway,
        OptionalInt mtuBytes,
        OptionalInt advertisedMss,
        OptionalInt priority,
        OptionalInt table,
        OptionalInt scope) {

    /// A route without any of the options.
    public static ResultRoute of(IpPrefix destination, Optional<InetAddress> gateway) {
        return new ResultRoute(
                destination,
                gateway,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
