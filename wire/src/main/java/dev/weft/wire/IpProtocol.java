package dev.weft.wire;

/// What an IP packet or an IPv6 extension header carries (IANA "Assigned Internet Protocol
/// Numbers"). Numbers without a name here are as good as any.
///
/// @param value 0 to 255
public record IpProtocol(int value) {
    /// IPv6 hop-by-hop options (RFC 8200 section 4.3).
    public static final IpProtocol HOP_BY_HOP = new IpProtocol(0);

    public static final IpProtocol ICMP = new IpProtocol(1);

    /// IPv4 in IP (RFC 2003).
    public static final IpProtocol IPV4 = new IpProtocol(4);

    public static final IpProtocol TCP = new IpProtocol(6);
    public static final IpProtocol UDP = new IpProtocol(17);

    /// IPv6 in IP (RFC 2473, RFC 4213).
    public static final IpProtocol IPV6 = new IpProtocol(41);

    /// IPv6 routing header (RFC 8200 section 4.4).
    public static final IpProtocol ROUTING = new IpProtocol(43);

    /// IPv6 fragment header (RFC 8200 section 4.5).
    public static final IpProtocol FRAGMENT = new IpProtocol(44);

    /// Authentication header (RFC 4302).
    public static final IpProtocol AUTHENTICATION = new IpProtocol(51);

    public static final IpProtocol ICMPV6 = new IpProtocol(58);

    /// Nothing follows (RFC 8200 section 4.7).
    public static final IpProtocol NO_NEXT_HEADER = new IpProtocol(59);

    /// IPv6 destination options (RFC 8200 section 4.6).
    public static final IpProtocol DESTINATION_OPTIONS = new IpProtocol(60);

    public IpProtocol {
        Fields.check("IP protocol", value, 8);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
