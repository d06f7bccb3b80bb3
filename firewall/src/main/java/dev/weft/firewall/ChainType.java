package dev.weft.firewall;

/// What the rules of a base chain may do.
public enum ChainType {
    /// Decide about every packet.
    FILTER("filter"),
    /// Rewrite addresses; rules see the first packet of each connection.
    NAT("nat"),
    /// Decide, and have the packet routed again when its mark or addresses changed.
    ROUTE("route");

    private final String keyword;

    ChainType(String keyword) {
        this.keyword = keyword;
    }

    /// As the kernel and `nft` write it.
    @Override
    public String toString() {
        return keyword;
    }
}
