package dev.weft.linux.tc;

import dev.weft.linux.InvalidRequestException;

/// What becomes of a packet after an action or a BPF program (`TC_ACT_*`,
/// `include/uapi/linux/pkt_cls.h`).
///
/// @param value the kernel's number
public record Verdict(int value) {
    /// Not decided: the default of the filter.
    public static final Verdict UNSPECIFIED = new Verdict(-1);

    /// Let it pass, no further filters.
    public static final Verdict OK = new Verdict(0);

    /// Sort it again from the beginning.
    public static final Verdict RECLASSIFY = new Verdict(1);

    /// Drop it.
    public static final Verdict SHOT = new Verdict(2);

    /// Go on with the next action.
    public static final Verdict PIPE = new Verdict(3);

    /// It was taken: neither passed nor dropped.
    public static final Verdict STOLEN = new Verdict(4);

    /// Send it to the link that the program chose.
    public static final Verdict REDIRECT = new Verdict(7);

    private static final int GO_TO_CHAIN = 2 << 28;
    private static final int CHAIN_MASK = 0x0fff_ffff;

    /// Go on in another chain of filters.
    ///
    /// @param chain 0 to 2^28 - 1
    public static Verdict chain(int chain) {
        if (chain < 0 || chain > CHAIN_MASK) {
            throw new InvalidRequestException("a chain is 0 to " + CHAIN_MASK + ", not " + chain);
        }
        return new Verdict(GO_TO_CHAIN | chain);
    }
}
