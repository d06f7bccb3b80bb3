package dev.weft.firewall.expression;

/// The headers whose fields rules name.
public enum Header {
    ETHER("ether", Payload.Base.LINK),
    /// Behind the two addresses and the type of an Ethernet header.
    VLAN("vlan", Payload.Base.LINK),
    /// With the addresses as they are for IPv4 on Ethernet.
    ARP("arp", Payload.Base.NETWORK),
    IP("ip", Payload.Base.NETWORK),
    IP6("ip6", Payload.Base.NETWORK),
    ICMP("icmp", Payload.Base.TRANSPORT),
    ICMPV6("icmpv6", Payload.Base.TRANSPORT),
    IGMP("igmp", Payload.Base.TRANSPORT),
    TCP("tcp", Payload.Base.TRANSPORT),
    UDP("udp", Payload.Base.TRANSPORT),
    UDPLITE("udplite", Payload.Base.TRANSPORT),
    DCCP("dccp", Payload.Base.TRANSPORT),
    SCTP("sctp", Payload.Base.TRANSPORT),
    AH("ah", Payload.Base.TRANSPORT),
    ESP("esp", Payload.Base.TRANSPORT),
    COMP("comp", Payload.Base.TRANSPORT),
    /// Whatever transport protocol has ports.
    TH("th", Payload.Base.TRANSPORT);

    private final String keyword;
    private final Payload.Base base;

    Header(String keyword, Payload.Base base) {
        this.keyword = keyword;
        this.base = base;
    }

    /// Where it is counted from.
    public Payload.Base base() {
        return base;
    }

    /// As `nft` writes it.
    @Override
    public String toString() {
        return keyword;
    }
}
