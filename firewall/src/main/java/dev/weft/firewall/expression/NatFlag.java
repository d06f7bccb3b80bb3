package dev.weft.firewall.expression;

/// How addresses and ports are chosen (`NF_NAT_RANGE_*` in `include/uapi/linux/netfilter/nf_nat.h`)
public enum NatFlag implements Numbered {
    ADDRESS_GIVEN(1, ""),
    PORT_GIVEN(2, ""),
    RANDOM(4, "random"),
    PERSISTENT(8, "persistent"),
    FULLY_RANDOM(16, "fully-random"),
    PORT_OFFSET(32, ""),
    NETMAP(64, "");

    private final int number;
    private final String keyword;

    NatFlag(int number, String keyword) {
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
