package dev.weft.ipam.dhcp;

/// Where a DHCPv6 client stands.
public enum Dhcpv6State {
    /// It has nothing and is about to look for servers.
    INIT,
    /// It waits for a server.
    SOLICITING,
    /// It asks the server that has answered.
    REQUESTING,
    /// It has a lease from before and asks whether that is good on this link.
    CONFIRMING,
    /// It has a lease.
    BOUND,
    /// It has a lease and asks its server to extend it.
    RENEWING,
    /// It has a lease and asks every server to extend it.
    REBINDING,
    /// It gives its lease back.
    RELEASING,
    /// It tells the server that an address is in use.
    DECLINING,
    /// It wants nothing any more.
    STOPPED
}
