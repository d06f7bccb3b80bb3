package dev.weft.linux.route;

/// What is special about a policy rule (`FIB_RULE_*`).
public enum RuleFlag {
    /// The kernel's own, which cannot be deleted.
    PERMANENT(0x1),
    /// Selects the packets that do not fit.
    INVERT(0x2),
    /// The rule to go on at is not there.
    UNRESOLVED(0x4),
    /// The link that packets come in by is not there.
    INPUT_LINK_MISSING(0x8),
    /// The link that packets leave by is not there.
    OUTPUT_LINK_MISSING(0x10);

    private final int bit;

    RuleFlag(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }
}
