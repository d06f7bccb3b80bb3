package dev.weft.wire;

/// What can be said about a layer's checksum.
public enum ChecksumState {
    /// It covers all that is there and agrees.
    GOOD,
    /// It does not agree. In a capture on the sending host this is usual: the device fills it in
    /// later.
    BAD,
    /// The protocol has none, or the sender left it out (UDP over IPv4).
    ABSENT,
    /// It covers more than this packet holds: a fragment, a cut capture, a destination that a
    /// routing header still changes.
    UNVERIFIABLE
}
