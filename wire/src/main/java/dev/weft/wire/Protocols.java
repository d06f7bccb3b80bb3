package dev.weft.wire;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Which decoder reads which number: the one place that knows what can follow what.
final class Protocols {
    /// The port of VXLAN (RFC 7348 section 5).
    static final int VXLAN_PORT = 4789;

    private static final Map<Integer, Function<Slice, Layer>> DHCP_PORTS =
            Map.of(
                    Dhcpv4.SERVER_PORT, Dhcpv4::decode,
                    Dhcpv4.CLIENT_PORT, Dhcpv4::decode,
                    Dhcpv6.SERVER_PORT, Dhcpv6::decode,
                    Dhcpv6.CLIENT_PORT, Dhcpv6::decode);

    private static final Map<EtherType, Function<Slice, Layer>> BY_ETHER_TYPE =
            Map.of(
                    EtherType.IPV4, Ipv4::decode,
                    EtherType.ARP, Arp::decode,
                    EtherType.VLAN, Vlan::decode,
                    EtherType.SERVICE_VLAN, Vlan::decode,
                    EtherType.IPV6, Ipv6::decode);

    private static final Map<IpProtocol, Function<Slice, Layer>> BY_IP_PROTOCOL =
            Map.ofEntries(
                    Map.entry(IpProtocol.HOP_BY_HOP, Ipv6Options::decodeHopByHop),
                    Map.entry(IpProtocol.ICMP, Icmpv4::decode),
                    Map.entry(IpProtocol.IPV4, Ipv4::decode),
                    Map.entry(IpProtocol.TCP, Tcp::decode),
                    Map.entry(IpProtocol.UDP, Udp::decode),
                    Map.entry(IpProtocol.IPV6, Ipv6::decode),
                    Map.entry(IpProtocol.ROUTING, Ipv6Routing::decode),
                    Map.entry(IpProtocol.FRAGMENT, Ipv6Fragment::decode),
                    Map.entry(IpProtocol.AUTHENTICATION, Authentication::decode),
                    Map.entry(IpProtocol.ICMPV6, Icmpv6::decode),
                    Map.entry(IpProtocol.DESTINATION_OPTIONS, Ipv6Options::decodeDestination));

    private static final Map<LinkType, Function<Slice, Layer>> BY_LINK_TYPE =
            Map.of(
                    LinkType.ETHERNET, Ethernet::decode,
                    LinkType.RAW, Protocols::decodeRaw,
                    LinkType.LINUX_SLL2, LinuxCooked::decode);

    private Protocols() {}

    static Optional<Layer> decode(EtherType type, Slice bytes) {
        return Optional.ofNullable(BY_ETHER_TYPE.get(type)).map(decoder -> decoder.apply(bytes));
    }

    static Optional<Layer> decode(IpProtocol protocol, Slice bytes) {
        return Optional.ofNullable(BY_IP_PROTOCOL.get(protocol))
                .map(decoder -> decoder.apply(bytes));
    }

    static Optional<Layer> decode(LinkType type, Slice bytes) {
        return Optional.ofNullable(BY_LINK_TYPE.get(type)).map(decoder -> decoder.apply(bytes));
    }

    static Optional<Layer> decode(int sourcePort, int destinationPort, Slice bytes) {
        if (destinationPort == VXLAN_PORT) {
            return Optional.of(Vxlan.decode(bytes));
        }
        return Optional.ofNullable(DHCP_PORTS.get(destinationPort))
                .or(() -> Optional.ofNullable(DHCP_PORTS.get(sourcePort)))
                .map(decoder -> decoder.apply(bytes));
    }

    private static Layer decodeRaw(Slice bytes) {
        int version = bytes.require("IP", "version", 0, 1).u8(0) >>> 4;
        return version == Ipv6.VERSION ? Ipv6.decode(bytes) : Ipv4.decode(bytes);
    }
}
