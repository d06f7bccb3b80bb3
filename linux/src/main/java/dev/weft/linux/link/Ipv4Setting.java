package dev.weft.linux.link;

import java.util.Locale;

/// The sysctls of `net.ipv4.conf.LINK` that netlink knows, with their numbers (`IPV4_DEVCONF_*` in
/// `include/uapi/linux/ip.h`).
///
/// To set one by netlink spares the way through `/proc/sys`, which gets longer with every namespace
/// that has a link of the same name.
public enum Ipv4Setting {
    FORWARDING(1),
    MC_FORWARDING(2),
    PROXY_ARP(3),
    ACCEPT_REDIRECTS(4),
    SECURE_REDIRECTS(5),
    SEND_REDIRECTS(6),
    SHARED_MEDIA(7),
    RP_FILTER(8),
    ACCEPT_SOURCE_ROUTE(9),
    BOOTP_RELAY(10),
    LOG_MARTIANS(11),
    TAG(12),
    ARP_FILTER(13),
    MEDIUM_ID(14),
    DISABLE_XFRM(15),
    DISABLE_POLICY(16),
    FORCE_IGMP_VERSION(17),
    ARP_ANNOUNCE(18),
    ARP_IGNORE(19),
    PROMOTE_SECONDARIES(20),
    ARP_ACCEPT(21),
    ARP_NOTIFY(22),
    ACCEPT_LOCAL(23),
    SRC_VALID_MARK(24),
    PROXY_ARP_PVLAN(25),
    ROUTE_LOCALNET(26),
    IGMPV2_UNSOLICITED_REPORT_INTERVAL(27),
    IGMPV3_UNSOLICITED_REPORT_INTERVAL(28),
    IGNORE_ROUTES_WITH_LINKDOWN(29),
    DROP_UNICAST_IN_L2_MULTICAST(30),
    DROP_GRATUITOUS_ARP(31),
    BC_FORWARDING(32),
    ARP_EVICT_NOCARRIER(33);

    private final int number;

    Ipv4Setting(int number) {
        this.number = number;
    }

    /// Its number in netlink.
    int number() {
        return number;
    }

    /// The name of its file below `/proc/sys/net/ipv4/conf/LINK`.
    public String sysctl() {
        return name().toLowerCase(Locale.ROOT);
    }
}
