package dev.weft.firewall.expression;

/// What the kernel knows of a packet beside its bytes (`enum nft_meta_keys`).
public enum MetaKey implements Numbered {
    LENGTH(0, "meta length"),
    PROTOCOL(1, "meta protocol"),
    PRIORITY(2, "meta priority"),
    MARK(3, "meta mark"),
    IIF(4, "iif"),
    OIF(5, "oif"),
    IIFNAME(6, "iifname"),
    OIFNAME(7, "oifname"),
    IIFTYPE(8, "iiftype"),
    OIFTYPE(9, "oiftype"),
    SKUID(10, "meta skuid"),
    SKGID(11, "meta skgid"),
    NFTRACE(12, "meta nftrace"),
    NFPROTO(15, "meta nfproto"),
    L4PROTO(16, "meta l4proto"),
    IBRIDGENAME(17, "meta ibrname"),
    OBRIDGENAME(18, "meta obrname"),
    PACKET_TYPE(19, "meta pkttype"),
    CPU(20, "meta cpu"),
    IIFGROUP(21, "iifgroup"),
    OIFGROUP(22, "oifgroup"),
    CGROUP(23, "meta cgroup");

    private final int number;
    private final String keyword;

    MetaKey(int number, String keyword) {
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
