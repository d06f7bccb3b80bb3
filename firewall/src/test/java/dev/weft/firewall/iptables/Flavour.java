package dev.weft.firewall.iptables;

import dev.weft.linux.IpFamily;

/// The programs that every test of the command is run with.
enum Flavour {
    LEGACY_IPV4(Variant.LEGACY, IpFamily.IPV4, "192.0.2.0/24", "198.51.100.7/32"),
    LEGACY_IPV6(Variant.LEGACY, IpFamily.IPV6, "2001:db8:1::/64", "2001:db8:2::7/128"),
    NFT_IPV4(Variant.NFT, IpFamily.IPV4, "192.0.2.0/24", "198.51.100.7/32"),
    NFT_IPV6(Variant.NFT, IpFamily.IPV6, "2001:db8:1::/64", "2001:db8:2::7/128");

    private final Variant variant;
    private final IpFamily family;
    private final String network;
    private final String host;

    Flavour(Variant variant, IpFamily family, String network, String host) {
        this.variant = variant;
        this.family = family;
        this.network = network;
        this.host = host;
    }

    Variant variant() {
        return variant;
    }

    IpFamily family() {
        return family;
    }

    /// A network of the family, as the programs print it.
    String network() {
        return network;
    }

    /// A host of the family, as the programs print it.
    String host() {
        return host;
    }
}
