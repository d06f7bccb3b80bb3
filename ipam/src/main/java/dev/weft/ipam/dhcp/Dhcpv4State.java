package dev.weft.ipam.dhcp;

/// Where a client stands (RFC 2131 figure 5).
public enum Dhcpv4State {
    /// It has nothing and is about to look for servers.
    INIT,
    /// It waits for offers.
    SELECTING,
    /// It has taken an offer and waits for the server to agree.
    REQUESTING,
    /// It has a lease from before and is about to ask whether that still holds.
    INIT_REBOOT,
    /// It has asked that, and uses the lease meanwhile.
    REBOOTING,
    /// It has a lease.
    BOUND,
    /// It has a lease and asks the server to extend it.
    RENEWING,
    /// It has a lease and asks every server to extend it.
    REBINDING,
    /// It wants nothing any more.
    STOPPED
}
