package dev.weft.firewall;

/// What a set can do (`enum nft_set_flags`).
public enum SetFlag {
    /// Made with a rule and for it.
    ANONYMOUS(1, ""),
    /// Does not change while it is used.
    CONSTANT(2, "constant"),
    /// Its elements are ranges.
    INTERVAL(4, "interval"),
    /// Its elements have data.
    MAP(8, ""),
    /// Its elements expire.
    TIMEOUT(16, "timeout"),
    /// Rules add elements.
    DYNAMIC(32, "dynamic"),
    /// Its elements lead to objects.
    OBJECT(64, ""),
    /// Its ranges are of several parts.
    CONCATENATION(128, ""),
    /// Its elements have expressions of their own.
    EXPRESSION(256, "");

    private final int bit;
    private final String keyword;

    SetFlag(int bit, String keyword) {
        this.bit = bit;
        this.keyword = keyword;
    }

    /// The kernel's bit.
    public int bit() {
        return bit;
    }

    /// As `nft` writes it; empty for those that it does not write.
    @Override
    public String toString() {
        return keyword;
    }
}
