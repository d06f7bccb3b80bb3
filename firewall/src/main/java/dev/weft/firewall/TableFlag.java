package dev.weft.firewall;

/// How a table behaves as a whole (`enum nft_table_flags`).
public enum TableFlag {
    /// Its base chains see no packets.
    DORMANT(1, "dormant"),
    /// Only the socket that made it may change it, and closing that socket removes it.
    OWNER(2, "owner"),
    /// It stays when its owner goes (since Linux 6.9).
    PERSIST(4, "persist");

    private final int bit;
    private final String keyword;

    TableFlag(int bit, String keyword) {
        this.bit = bit;
        this.keyword = keyword;
    }

    /// The kernel's bit.
    public int bit() {
        return bit;
    }

    /// As `nft` writes it.
    @Override
    public String toString() {
        return keyword;
    }
}
