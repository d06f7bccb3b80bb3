package dev.weft.ipam.dhcp;

import dev.weft.wire.Dhcpv6;

/// What a DHCPv6 client wants done, or wants known, in this order.
public sealed interface Dhcpv6Effect {

    /// A message to all servers and relays of the link: by UDP from port 546 of the interface's
    /// link-local address to port 547 of `ff02::1:2`. A failure to send is a lost message.
    record Send(Dhcpv6 message) implements Dhcpv6Effect {}

    /// There was no lease, now there is one.
    ///
    /// @param grantedMillis the time from which its times count
    record Acquired(Dhcpv6Lease lease, long grantedMillis) implements Dhcpv6Effect {}

    /// The lease holds on, perhaps with other addresses.
    ///
    /// @param before as it was until now
    /// @param grantedMillis the time from which the lease's times count
    record Renewed(Dhcpv6Lease before, Dhcpv6Lease lease, long grantedMillis)
            implements Dhcpv6Effect {}

    /// Nothing of it must be used any more.
    record Lost(Dhcpv6Lease lease, LeaseEvent.Reason reason) implements Dhcpv6Effect {}
}
