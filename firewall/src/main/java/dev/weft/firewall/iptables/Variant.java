package dev.weft.firewall.iptables;

import dev.weft.linux.IpFamily;

/// Which of the installed programs is run.
public enum Variant {
    /// What the system's administrator chose: `iptables`.
    DEFAULT(""),
    /// `iptables-legacy`.
    LEGACY("-legacy"),
    /// `iptables-nft`.
    NFT("-nft");

    private final String suffix;

    Variant(String suffix) {
        this.suffix = suffix;
    }

    /// The program's name.
    public String program(IpFamily family) {
        return switch (family) {
            case IPV4 -> "iptables" + suffix;
            case IPV6 -> "ip6tables" + suffix;
        };
    }
}
