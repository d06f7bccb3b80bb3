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
    /// The realm of the packet's route.
    ROUTE_CLASS(13, "meta rtclassid"),
    SECURITY_MARK(14, "meta secmark"),
    NFPROTO(15, "meta nfproto"),
    L4PROTO(16, "meta l4proto"),
    IBRIDGENAME(17, "meta ibrname"),
    OBRIDGENAME(18, "meta obrname"),
    PACKET_TYPE(19, "meta pkttype"),
    CPU(20, "meta cpu"),
    IIFGROUP(21, "iifgroup"),
    OIFGROUP(22, "oifgroup"),
    CGROUP(23, "meta cgroup"),
    RANDOM(24, "meta random"),
    /// Whether the packet came through IPsec.
    IPSEC(25, "meta ipsec"),
    IIFKIND(26, "meta iifkind"),
    OIFKIND(27, "meta oifkind"),
    IBRIDGE_VLAN(28, "meta ibrpvid"),
    IBRIDGE_VLAN_PROTOCOL(29, "meta ibrvproto"),
    /// Since 1970, nanoseconds.
    TIME(30, "meta time"),
    /// Of the week, 0 is Sunday.
    DAY(31, "meta day"),
    /// Seconds of the day.
    HOUR(32, "meta hour"),
    /// The interface below a VRF that the packet came in by.
    SDIF(33, "meta sdif"),
    /// The name of [#SDIF].
    SDIFNAME(34, "meta sdifname"),
    /// Set to have a bridge give the packet to routing; new in Linux 6.4.
    BROUTE(35, "meta broute"),
    /// The link-layer address of the bridge that the packet came in by; new in Linux 6.18.
    IBRIDGE_ADDRESS(36, "meta ibrhwaddr");

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
