package dev.weft.plugins;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/// In what Weft's plugins differ from the reference plugins 1.1.1, and why: all of it.
enum KnownDifference {
    /// So that the pair is found again without a record, and people see whose it is.
    ALIAS("host link HOST.ifalias: null -> weft (bridge|ptp) mynet c1 eth0"),

    /// So that a DEL for another network leaves it alone.
    INNER_ALIAS("container link eth0.ifalias: null -> weft (macvlan|ipvlan|vlan) mynet c1 eth0"),

    /// The reference 1.1.1 leaves the mark of a device that is back; later releases do not.
    MARK_LEFT("left.* link nic0.ifalias: (nic0 -> null|null -> nic0)"),

    /// A pair with one queue costs a grace period less; the reference leaves as many as processors.
    QUEUES("(host|container) link (HOST|eth0).num_[rt]x_queues: \\d+ -> 1"),

    /// The reference sets 0, which a queueing discipline that somebody adds later would take over.
    QUEUE_LENGTH("(host|container) link (HOST|eth0).txqlen: null -> 1000"),

    /// A port of a bridge needs no address of its own, and each that has one makes messages and
    /// routes that grow with the number of containers. The reference sets `accept_ra` to 0.
    SILENT_PORT("host sysctl ipv6/conf/HOST/(disable_ipv6: 0 -> 1|accept_ra: 0 -> 1)"),

    /// Of a container that has no IPv6 address but its link-local one: setting it takes the longer
    /// the more containers have an interface of that name.
    LINK_LOCAL_ASKED("container sysctl ipv6/conf/eth0/accept_dad: 0 -> 1"),

    /// Neighbours learn the container's new address at once with IPv6, too, with `vlan`, and when
    /// somebody else gives it; releases of the reference after 1.1.1 do so for some types of links.
    ANNOUNCED("container sysctl (ipv4/conf/eth0/arp|ipv6/conf/eth0/ndisc)_notify: 0 -> 1"),

    /// The reference pins the bridge's hardware address with its first IP address; without a
    /// gateway it changes with every port.
    PINNED("(host|left.*) link (cni0.address|.*_data.(bridge|root)_id): .*"),

    /// The result then tells the address that the bridge had for that moment.
    PINNED_RESULT("result .interfaces.0.mac: .*"),

    /// Both say that IPv6 addresses are not asked for first, the reference by a sysctl of the
    /// container alone; the bridge's address, which the host gives out itself, is then not usable
    /// for a second.
    NOT_ASKED("(host|container|left) address (cni0|eth0|HOST) [0-9a-f:]*/\\d+.nodad: null -> true"),

    /// The reference lets the kernel make the route to the subnet, and deletes it.
    NO_ROUTE_TO_SUBNET("container address eth0 .*.noprefixroute: null -> true"),

    /// As releases of the reference after 1.1.1.
    KEPT("container sysctl ipv6/conf/eth0/keep_addr_on_down: 0 -> 1"),

    /// The reference 1.1.1 forgets what the IPAM plugin says; later releases do not.
    DNS_OF_IPAM("result .dns.nameservers.0: null -> 10.1.0.1"),

    /// The default backend; the reference 1.1.1 has iptables alone.
    MASQUERADE_BY_NFTABLES("(host|left.*) (nft|iptables) .*: (null -> there|there -> null)"),

    /// The reference looks for its own rule then, and fails when everything else is gone; the
    /// second DEL succeeds.
    DEL_OF_MASQUERADE("del of ours by theirs: .*Chain 'CNI-[0-9a-f]{24}' does not exist.*"),

    /// Two lookups for all containers instead of two chains for each; the reference leaves its
    /// table.
    SPOOF_CHECK("(host|left.*) nft .*"),

    /// An upstream bug: CHECK of a network without IPAM looks for a plugin without a name.
    CHECK_OF_LAYER_2("check of ours by theirs: no plugin name provided");

    private final Pattern line;

    KnownDifference(String line) {
        this.line = Pattern.compile(line, Pattern.DOTALL);
    }

    /// Those that every configuration of a plugin shows.
    static Set<KnownDifference> ofEvery(String type) {
        return switch (type) {
            case "host-device" -> EnumSet.of(MARK_LEFT);
            case "bridge", "ptp" -> EnumSet.of(ALIAS, QUEUES, QUEUE_LENGTH);
            default -> EnumSet.of(INNER_ALIAS, QUEUE_LENGTH);
        };
    }

    boolean is(String difference) {
        return line.matcher(difference).matches();
    }
}
