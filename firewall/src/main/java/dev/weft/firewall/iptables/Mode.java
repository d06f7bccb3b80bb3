package dev.weft.firewall.iptables;

/// Which part of the kernel a program of `iptables` talks to.
public enum Mode {
    /// x_tables, the kernel's older filter.
    LEGACY("legacy"),
    /// nftables, which the same commands are translated to.
    NF_TABLES("nf_tables");

    private final String keyword;

    Mode(String keyword) {
        this.keyword = keyword;
    }

    /// As the program writes it behind its version.
    @Override
    public String toString() {
        return keyword;
    }
}
