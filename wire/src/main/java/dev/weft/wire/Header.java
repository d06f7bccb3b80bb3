package dev.weft.wire;

import java.nio.ByteBuffer;

/// A validated header: a value that can be put in front of a payload. [Packet#encode] joins
/// several.
///
/// Lengths and checksums are no part of a value, they follow from where it stands.
public sealed interface Header
        permits Ethernet,
                LinuxCooked,
                Vlan,
                Arp,
                Ipv4,
                Ipv6,
                Ipv6Options,
                Ipv6Routing,
                Ipv6Fragment,
                Authentication,
                Icmpv4,
                Vxlan,
                Dhcpv4,
                Dhcpv6,
                Header.Transport {
    /// The number of bytes on the wire.
    int length();

    /// Writes this header at the start of `unit`; the rest of `unit` up to its limit is the
    /// payload, already in place. Lengths and own checksums are filled in, a transport's checksum
    /// is zero.
    void encode(ByteBuffer unit);

    /// A header whose checksum covers addresses of the enclosing IP header too.
    sealed interface Transport extends Header permits Udp, Tcp, Icmpv6 {
        /// The number that the pseudo header holds.
        IpProtocol protocol();

        /// Where the checksum is, in bytes from the start of the header.
        int checksumOffset();
    }
}
