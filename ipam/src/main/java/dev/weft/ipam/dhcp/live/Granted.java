package dev.weft.ipam.dhcp.live;

import dev.weft.cni.Result;
import dev.weft.ipam.dhcp.Dhcpv4Lease;
import dev.weft.ipam.dhcp.Dhcpv6Lease;
import dev.weft.ipam.dhcp.LeaseResult;
import java.util.OptionalInt;

/// What a lease gives an interface.
///
/// @param result addresses, routes and name resolution
/// @param mtuBytes how long packets may be, if the server says so
record Granted(Result result, OptionalInt mtuBytes) {
    /// @param priority the metric of the routes
    static Granted of(Dhcpv4Lease lease, OptionalInt priority) {
        return new Granted(LeaseResult.of(lease, priority), lease.mtuBytes());
    }

    static Granted of(Dhcpv6Lease lease) {
        return new Granted(LeaseResult.of(lease), OptionalInt.empty());
    }
}
