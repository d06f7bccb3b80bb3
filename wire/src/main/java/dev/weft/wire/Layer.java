package dev.weft.wire;

import java.util.Optional;

/// A lossless view of one protocol's header and payload: any bytes whose lengths add up, with every
/// number they hold. Nothing is copied; fields are read when asked for.
///
/// Constructing a view checks that the header fits and trims the bytes to what the header's own
/// length field says. A payload shorter than that field says is no error, captures and ICMP errors
/// cut packets: see [#missing()].
public sealed interface Layer
        permits Ethernet.View,
                LinuxCooked.View,
                Vlan.View,
                Arp.View,
                Ipv4.View,
                Ipv6.View,
                Ipv6Options.View,
                Ipv6Routing.View,
                Ipv6Fragment.View,
                Authentication.View,
                Icmpv4.View,
                Icmpv6.View,
                Udp.View,
                Tcp.View,
                Vxlan.View,
                Dhcpv4.View,
                Dhcpv6.View {
    /// The protocol's name.
    String name();

    /// Header and payload.
    Slice bytes();

    /// What follows the header.
    Slice payload();

    /// How many bytes the header's length field promises beyond those that are there.
    default int missing() {
        return 0;
    }

    /// The payload decoded as what this header says it is; empty when that is unknown, or when the
    /// payload is no start of a header, as in a later fragment.
    ///
    /// @throws MalformedPacketException when the payload is not what it should be
    default Optional<Layer> next() {
        return Optional.empty();
    }

    /// The validated header.
    ///
    /// @throws MalformedPacketException when options are malformed, or the header is of a kind that
    ///   has no value type
    Header value();
}
