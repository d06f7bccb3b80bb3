package dev.weft.ipam.dhcp;

/// What became of a client's lease.
public sealed interface LeaseEvent extends Effect {
    /// The lease in question.
    Dhcpv4Lease lease();

    /// There was none, now there is one: its address may be used once nobody else is found to.
    ///
    /// @param grantedMillis the time from which the lease's times count
    record Acquired(Dhcpv4Lease lease, long grantedMillis) implements LeaseEvent {}

    /// The lease holds on. Whatever of it differs from before, also the address, has to be changed
    /// now.
    ///
    /// @param before as it was until now
    /// @param grantedMillis the time from which the lease's times count
    record Renewed(Dhcpv4Lease before, Dhcpv4Lease lease, long grantedMillis)
            implements LeaseEvent {}

    /// The address must not be used any more.
    record Lost(Dhcpv4Lease lease, Reason reason) implements LeaseEvent {}

    /// Why a lease ended.
    enum Reason {
        /// Its time is over, and no server extended it.
        EXPIRED,
        /// A server said that it does not hold.
        REFUSED,
        /// Another station uses the address.
        DECLINED,
        /// The client gave it back.
        RELEASED
    }
}
