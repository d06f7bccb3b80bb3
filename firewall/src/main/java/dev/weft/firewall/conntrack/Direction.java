package dev.weft.firewall.conntrack;

/// Which way packets of a connection go.
public enum Direction {
    /// As the first one.
    ORIGINAL,
    /// As the answers.
    REPLY
}
