package dev.weft.linux.netlink;

/// The netlink families that Weft speaks (`include/uapi/linux/netlink.h`).
public enum NetlinkProtocol {
    /// Links, addresses, routes, rules, neighbours, traffic control.
    ROUTE(0),
    /// nf_tables, conntrack, ipset.
    NETFILTER(12),
    /// Families registered by name.
    GENERIC(16);

    private final int number;

    NetlinkProtocol(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
