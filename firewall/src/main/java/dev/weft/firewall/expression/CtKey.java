package dev.weft.firewall.expression;

/// What connection tracking knows of a packet (`enum nft_ct_keys`).
public enum CtKey implements Numbered {
    STATE(0, "ct state"),
    DIRECTION(1, "ct direction"),
    STATUS(2, "ct status"),
    MARK(3, "ct mark"),
    SECURITY_MARK(4, "ct secmark"),
    EXPIRATION(5, "ct expiration"),
    HELPER(6, "ct helper"),
    L3PROTOCOL(7, "ct l3proto"),
    /// Four or sixteen bytes, as the family has them; replaced by the keys of one family.
    SOURCE(8, "ct saddr"),
    /// As [#SOURCE].
    DESTINATION(9, "ct daddr"),
    PROTOCOL(10, "ct protocol"),
    SOURCE_PORT(11, "ct proto-src"),
    DESTINATION_PORT(12, "ct proto-dst"),
    LABELS(13, "ct label"),
    PACKETS(14, "ct packets"),
    BYTES(15, "ct bytes"),
    AVERAGE_PACKET(16, "ct avgpkt"),
    ZONE(17, "ct zone"),
    /// Which events of the connection are told; can only be set.
    EVENTS(18, "ct event"),
    SOURCE_IP(19, "ct ip saddr"),
    DESTINATION_IP(20, "ct ip daddr"),
    SOURCE_IP6(21, "ct ip6 saddr"),
    DESTINATION_IP6(22, "ct ip6 daddr"),
    ID(23, "ct id");

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
