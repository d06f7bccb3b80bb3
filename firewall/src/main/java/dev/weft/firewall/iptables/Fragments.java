package dev.weft.firewall.iptables;

/// Which fragments of a packet a rule is for; IPv4 alone has the option.
public enum Fragments {
    /// All packets.
    ANY,
    /// The second and later fragments (`-f`), which have no ports.
    LATER,
    /// Whole packets and first fragments (`! -f`).
    FIRST
}
