package dev.weft.firewall.expression;

/// What connection tracking knows of a packet (`enum nft_ct_keys`).
public enum CtKey implements Numbered {
    STATE(0, "ct state"),
    DIRECTION(1, "ct direction"),
    STATUS(2, "ct status"),
    MARK(3, "ct mark"),
    EXPIRATION(5, "ct expiration"),
    HELPER(6, "ct helper");

    private final int number;
    private final String keyword;

    CtKey(int number, String keyword) {
        this.number = number;
        this.keyword = keyword;
    }

    @Override
    public int number() {
        return number;
    }

    /// As `nft` writes it.
    @Override
    public String toString() {
        return keyword;
    }
}
