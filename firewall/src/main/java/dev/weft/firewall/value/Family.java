package dev.weft.firewall.value;

import dev.weft.linux.MalformedMessageException;
import java.util.Arrays;
import java.util.Optional;

/// Which packets a table sees (`NFPROTO_*` in `include/uapi/linux/netfilter.h`).
public enum Family {
    /// IPv4 and IPv6.
    INET(1, "inet"),
    /// IPv4.
    IP(2, "ip"),
    /// ARP.
    ARP(3, "arp"),
    /// Everything on a device, before the protocols.
    NETDEV(5, "netdev"),
    /// What a bridge forwards.
    BRIDGE(7, "bridge"),
    /// IPv6.
    IP6(10, "ip6");

    private final int number;
    private final String keyword;

    Family(int number, String keyword) {
        this.number = number;
        this.keyword = keyword;
    }

    /// The kernel's number.
    public int number() {
        return number;
    }

    /// The family of a number, if nftables has it.
    public static Optional<Family> find(int number) {
        return Arrays.stream(values()).filter(family -> family.number == number).findFirst();
    }

    /// The family of a number.
    ///
    /// @throws MalformedMessageException when nftables has no such family
    public static Family of(int number) {
        return find(number)
                .orElseThrow(() -> new MalformedMessageException("no nftables family " + number));
    }

    /// As `nft` writes it.
    @Override
    public String toString() {
        return keyword;
    }
}
