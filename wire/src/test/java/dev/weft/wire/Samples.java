package dev.weft.wire;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One Ethernet frame of every protocol and message, by name: what truncation, round trips, tshark
/// and tcpdump are tried on.
final class Samples {
    static final MacAddress MAC_1 = MacAddress.parse("02:00:00:00:00:01");
    static final MacAddress MAC_2 = MacAddress.parse("02:00:00:00:00:02");
    static final Inet4Address IP_1 = IpAddresses.parseV4("10.0.0.1");
    static final Inet4Address IP_2 = IpAddresses.parseV4("10.0.0.2");
    static final Inet6Address SIX_1 = IpAddresses.parseV6("fd00::1");
    static final Inet6Address SIX_2 = IpAddresses.parseV6("fd00::2");
    static final Inet6Address LINK_LOCAL_1 = IpAddresses.parseV6("fe80::1");
    static final Inet6Address ALL_NODES = IpAddresses.parseV6("ff02::1");
    static final Slice HELLO = Slice.of("hello".getBytes(StandardCharsets.US_ASCII));

    static final Ethernet TO_IPV4 = new Ethernet(MAC_2, MAC_1, EtherType.IPV4);
    static final Ethernet TO_IPV6 = new Ethernet(MAC_2, MAC_1, EtherType.IPV6);
    static final Arp ARP_REQUEST = Arp.request(MAC_1, IP_1, IP_2);
    static final Udp UDP = new Udp(40000, 50000);

    private static final Tcp SYN =
            Tcp.syn(
                    43210,
                    8080,
                    1,
                    List.of(
                            new TcpOption.MaximumSegmentSize(1460),
                            new TcpOption.SackPermitted(),
                            new TcpOption.Timestamps(123, 0),
                            new TcpOption.NoOperation(),
                            new TcpOption.WindowScale(7)));

    private static final Tcp SELECTIVE_ACK =
            new Tcp(
                    8080,
                    43210,
                    7,
                    9,
                    TcpFlags.ACK,
                    501,
                    0,
                    List.of(
                            new TcpOption.NoOperation(),
                            new TcpOption.NoOperation(),
                            new TcpOption.Sack(
                                    List.of(
                                            new TcpOption.Sack.Block(20, 30),
                                            new TcpOption.Sack.Block(40, 50)))));

    /// A protocol for experiments (RFC 3692).
    private static final IpProtocol UNKNOWN = new IpProtocol(253);

    private Samples() {}

    private static Ipv4 ipv4(IpProtocol protocol) {
        return Ipv4.of(IP_1, IP_2, protocol);
    }

    private static Ipv6 ipv6(IpProtocol next) {
        return Ipv6.of(SIX_1, SIX_2, next);
    }

    private static Ipv6 neighbour(Inet6Address destination) {
        return Ipv6.of(LINK_LOCAL_1, destination, IpProtocol.ICMPV6).withHopLimit(255);
    }

    private static byte[] inIpv4(IpProtocol protocol, Slice payload, Header inner) {
        return Packet.encode(payload, TO_IPV4, ipv4(protocol), inner);
    }

    private static byte[] inIpv6(IpProtocol protocol, Slice payload, Header inner) {
        return Packet.encode(payload, TO_IPV6, ipv6(protocol), inner);
    }

    private static byte[] discovery(Inet6Address destination, NeighbourDiscovery message) {
        return Packet.encode(TO_IPV6, neighbour(destination), message);
    }

    private static Slice join(Slice first, Slice second) {
        ByteBuffer joined = ByteBuffer.allocate(first.length() + second.length());
        first.writeTo(joined);
        second.writeTo(joined);
        return Slice.of(joined.array());
    }

    /// The sample of this name.
    static byte[] frame(String name) {
        return Objects.requireNonNull(all().get(name), name);
    }

    /// Every sample, in a fixed order.
    static Map<String, byte[]> all() {
        var samples = new LinkedHashMap<String, byte[]>();
        links(samples);
        icmp(samples);
        transports(samples);
        tunnelsAndFragments(samples);
        extensions(samples);
        icmpv6(samples);
        routerDiscovery(samples);
        neighbourDiscovery(samples);
        dhcp(samples);
        dhcpv6(samples);
        return samples;
    }

    private static void links(Map<String, byte[]> samples) {
        Ethernet broadcast = new Ethernet(MacAddress.BROADCAST, MAC_1, EtherType.ARP);
        samples.put("arp request", Packet.encode(broadcast, ARP_REQUEST));
        samples.put(
                "arp reply",
                Packet.encode(
                        new Ethernet(MAC_1, MAC_2, EtherType.ARP), ARP_REQUEST.replyBy(MAC_2)));
        samples.put(
                "vlan",
                Packet.encode(
                        new Ethernet(MacAddress.BROADCAST, MAC_1, EtherType.VLAN),
                        new Vlan(3, true, 42, EtherType.ARP),
                        ARP_REQUEST));
        samples.put(
                "stacked vlans",
                Packet.encode(
                        HELLO,
                        new Ethernet(MAC_2, MAC_1, EtherType.SERVICE_VLAN),
                        Vlan.of(100, EtherType.VLAN),
                        Vlan.of(200, EtherType.IPV4),
                        ipv4(IpProtocol.UDP),
                        UDP));
        samples.put(
                "unknown ethertype",
                Packet.encode(HELLO, new Ethernet(MAC_2, MAC_1, new EtherType(0x88b5))));
    }

    private static void icmp(Map<String, byte[]> samples) {
        Slice datagram = Slice.of(Packet.encode(HELLO, ipv4(IpProtocol.UDP), UDP));
        Icmpv4.Echo echo = Icmpv4.Echo.request(1, 7);
        samples.put("icmp echo request", inIpv4(IpProtocol.ICMP, HELLO, echo));
        samples.put("icmp echo reply", inIpv4(IpProtocol.ICMP, HELLO, echo.reply()));
        Map<String, Icmpv4> errors = new LinkedHashMap<>();
        errors.put("icmp net unreachable", new Icmpv4.DestinationUnreachable(0, 0));
        errors.put("icmp host unreachable", new Icmpv4.DestinationUnreachable(1, 0));
        errors.put("icmp protocol unreachable", new Icmpv4.DestinationUnreachable(2, 0));
        errors.put("icmp port unreachable", new Icmpv4.DestinationUnreachable(3, 0));
        errors.put("icmp fragmentation needed", new Icmpv4.DestinationUnreachable(4, 1400));
        errors.put("icmp prohibited", new Icmpv4.DestinationUnreachable(13, 0));
        errors.put("icmp redirect", new Icmpv4.Redirect(1, IpAddresses.parseV4("10.0.0.254")));
        errors.put("icmp time exceeded", new Icmpv4.TimeExceeded(0));
        errors.put("icmp reassembly time exceeded", new Icmpv4.TimeExceeded(1));
        errors.put("icmp parameter problem", new Icmpv4.ParameterProblem(0, 20));
        errors.forEach(
                (name, error) -> samples.put(name, inIpv4(IpProtocol.ICMP, datagram, error)));
        samples.put(
                "icmp unknown type",
                inIpv4(IpProtocol.ICMP, HELLO, new Icmpv4.Other(200, 3, 0xdeadbeefL)));
    }

    private static void transports(Map<String, byte[]> samples) {
        TcpFlags push = TcpFlags.PSH.and(TcpFlags.ACK);
        samples.put("udp", inIpv4(IpProtocol.UDP, HELLO, UDP));
        samples.put("udp ipv6", inIpv6(IpProtocol.UDP, HELLO, UDP));
        samples.put("tcp syn", inIpv4(IpProtocol.TCP, Slice.EMPTY, SYN));
        samples.put("tcp sack", inIpv4(IpProtocol.TCP, Slice.EMPTY, SELECTIVE_ACK));
        samples.put(
                "tcp data",
                inIpv4(IpProtocol.TCP, HELLO, Tcp.of(43211, 8081, 0xffff_fffeL, 5, push)));
        samples.put("tcp ipv6", inIpv6(IpProtocol.TCP, Slice.EMPTY, SYN));
        samples.put(
                "tcp unknown option",
                inIpv4(
                        IpProtocol.TCP,
                        Slice.EMPTY,
                        Tcp.syn(
                                43212,
                                8082,
                                1,
                                List.of(new TcpOption.Unknown(77, Slice.of(new byte[] {1, 2}))))));
        samples.put(
                "vxlan",
                Packet.encode(
                        HELLO,
                        TO_IPV4,
                        ipv4(IpProtocol.UDP),
                        new Udp(55555, 4789),
                        new Vxlan(42),
                        new Ethernet(MAC_1, MAC_2, EtherType.IPV4),
                        Ipv4.of(
                                IpAddresses.parseV4("172.17.0.2"),
                                IpAddresses.parseV4("172.17.0.3"),
                                IpProtocol.ICMP),
                        Icmpv4.Echo.request(1, 1)));
    }

    private static void tunnelsAndFragments(Map<String, byte[]> samples) {
        Slice segment = Slice.of(new byte[64]);
        var alert = new Ipv4Option(Ipv4Option.ROUTER_ALERT, Slice.of(new byte[] {0, 0}));
        samples.put(
                "ipv4 options",
                Packet.encode(
                        HELLO, TO_IPV4, ipv4(IpProtocol.UDP).withOptions(List.of(alert)), UDP));
        samples.put(
                "ipv4 first fragment",
                Packet.encode(segment, TO_IPV4, ipv4(UNKNOWN).withFragment(99, 0, true)));
        samples.put(
                "ipv4 last fragment",
                Packet.encode(
                        segment, TO_IPV4, ipv4(IpProtocol.ICMP).withFragment(99, 1480, false)));
        samples.put(
                "ipip",
                Packet.encode(HELLO, TO_IPV4, ipv4(IpProtocol.IPV4), ipv4(IpProtocol.UDP), UDP));
        samples.put(
                "sit",
                Packet.encode(HELLO, TO_IPV4, ipv4(IpProtocol.IPV6), ipv6(IpProtocol.UDP), UDP));
        samples.put(
                "ipv6 fragment",
                Packet.encode(
                        segment,
                        TO_IPV6,
                        ipv6(IpProtocol.FRAGMENT),
                        new Ipv6Fragment(IpProtocol.UDP, 1448, true, 0xcafef00dL)));
        samples.put("unknown ip protocol", Packet.encode(HELLO, TO_IPV4, ipv4(UNKNOWN)));
    }

    private static void extensions(Map<String, byte[]> samples) {
        samples.put(
                "ipv6 options",
                Packet.encode(
                        HELLO,
                        TO_IPV6,
                        ipv6(IpProtocol.HOP_BY_HOP),
                        new Ipv6Options(
                                Ipv6Options.Kind.HOP_BY_HOP,
                                IpProtocol.DESTINATION_OPTIONS,
                                List.of(
                                        new Ipv6Option(
                                                Ipv6Option.ROUTER_ALERT, Slice.of(new byte[2])))),
                        new Ipv6Options(Ipv6Options.Kind.DESTINATION, IpProtocol.ICMPV6, List.of()),
                        Icmpv6.Echo.request(5, 6)));
        samples.put(
                "ipv6 routing",
                Packet.encode(
                        HELLO,
                        TO_IPV6,
                        ipv6(IpProtocol.ROUTING),
                        new Ipv6Routing(IpProtocol.ICMPV6, 4, 0, Slice.of(new byte[20])),
                        Icmpv6.Echo.request(5, 6)));
        samples.put(
                "authentication",
                Packet.encode(
                        HELLO,
                        TO_IPV4,
                        ipv4(IpProtocol.AUTHENTICATION),
                        new Authentication(IpProtocol.ICMP, 0x1000, 3, Slice.of(new byte[12])),
                        Icmpv4.Echo.request(1, 1)));
        samples.put("ipv6 no next header", Packet.encode(TO_IPV6, ipv6(IpProtocol.NO_NEXT_HEADER)));
    }

    private static void icmpv6(Map<String, byte[]> samples) {
        Slice datagram = Slice.of(Packet.encode(HELLO, ipv6(IpProtocol.UDP), UDP));
        Icmpv6.Echo echo = Icmpv6.Echo.request(1, 7);
        samples.put("icmpv6 echo request", inIpv6(IpProtocol.ICMPV6, HELLO, echo));
        samples.put("icmpv6 echo reply", inIpv6(IpProtocol.ICMPV6, HELLO, echo.reply()));
        Map<String, Icmpv6.Failure> errors = new LinkedHashMap<>();
        errors.put("icmpv6 no route", new Icmpv6.Failure(1, 0, 0));
        errors.put("icmpv6 port unreachable", new Icmpv6.Failure(1, 4, 0));
        errors.put("icmpv6 packet too big", new Icmpv6.Failure(2, 0, 1280));
        errors.put("icmpv6 time exceeded", new Icmpv6.Failure(3, 0, 0));
        errors.put("icmpv6 parameter problem", new Icmpv6.Failure(4, 1, 6));
        errors.forEach(
                (name, error) -> samples.put(name, inIpv6(IpProtocol.ICMPV6, datagram, error)));
        samples.put(
                "icmpv6 unknown type",
                inIpv6(IpProtocol.ICMPV6, HELLO, new Icmpv6.Other(200, 9, Slice.EMPTY)));
        Slice report = Slice.of(new byte[] {0, 0, 0, 1, 4, 0, 0, 0});
        Slice group = Slice.of(ALL_NODES.getAddress());
        samples.put(
                "multicast listener report",
                inIpv6(
                        IpProtocol.ICMPV6,
                        join(report, group),
                        new Icmpv6.Other(143, 0, Slice.EMPTY)));
    }

    private static void routerDiscovery(Map<String, byte[]> samples) {
        var source = new NeighbourOption.LinkLayerAddress(false, MAC_1);
        samples.put(
                "router solicitation",
                discovery(
                        IpAddresses.parseV6("ff02::2"),
                        new NeighbourDiscovery.RouterSolicitation(List.of(source))));
        samples.put(
                "router advertisement",
                discovery(
                        ALL_NODES,
                        new NeighbourDiscovery.RouterAdvertisement(
                                64,
                                NeighbourDiscovery.RouterAdvertisement.OTHER_CONFIGURATION,
                                1800,
                                30000,
                                1000,
                                List.of(
                                        source,
                                        new NeighbourOption.Mtu(1450),
                                        new NeighbourOption.PrefixInformation(
                                                64, 0xc0, 86400, 14400, SIX_1),
                                        new NeighbourOption.Unknown(
                                                200, Slice.of(new byte[14]))))));
    }

    private static void neighbourDiscovery(Map<String, byte[]> samples) {
        var source = new NeighbourOption.LinkLayerAddress(false, MAC_1);
        var target = new NeighbourOption.LinkLayerAddress(true, MAC_2);
        samples.put(
                "neighbour solicitation",
                discovery(
                        IpAddresses.parseV6("ff02::1:ff00:2"),
                        new NeighbourDiscovery.NeighbourSolicitation(SIX_2, List.of(source))));
        samples.put(
                "neighbour advertisement",
                discovery(
                        LINK_LOCAL_1,
                        new NeighbourDiscovery.NeighbourAdvertisement(
                                NeighbourDiscovery.NeighbourAdvertisement.SOLICITED
                                        | NeighbourDiscovery.NeighbourAdvertisement.OVERRIDE,
                                SIX_2,
                                List.of(target))));
        samples.put(
                "redirect",
                discovery(
                        LINK_LOCAL_1,
                        new NeighbourDiscovery.Redirect(
                                IpAddresses.parseV6("fe80::2"), SIX_2, List.of(target))));
    }

    private static byte[] dhcp(Ipv4 ip, Udp udp, Dhcpv4 message) {
        return Packet.encode(
                Slice.of(new byte[Math.max(4, 300 - message.length())]),
                new Ethernet(MacAddress.BROADCAST, MAC_1, EtherType.IPV4),
                ip,
                udp,
                message);
    }

    private static void dhcp(Map<String, byte[]> samples) {
        Ipv4 request =
                Ipv4.of(
                        IpAddresses.parseV4("0.0.0.0"),
                        IpAddresses.parseV4("255.255.255.255"),
                        IpProtocol.UDP);
        Ipv4 reply = Ipv4.of(IP_1, IP_2, IpProtocol.UDP);
        Dhcpv4 discover =
                Dhcpv4.of(
                                Dhcpv4.REQUEST,
                                0xfeed_beefL,
                                MAC_1,
                                Dhcpv4Options.of(
                                        Dhcpv4MessageType.DISCOVER.option(),
                                        Dhcpv4Option.clientIdentifier(0, HELLO),
                                        Dhcpv4Option.parameterRequestList(List.of(1, 121, 3))))
                        .withClient(7, Dhcpv4.BROADCAST, IpAddresses.parseV4("0.0.0.0"));
        samples.put("dhcp discover", dhcp(request, new Udp(68, 67), discover));
        samples.put("dhcp ack", dhcp(reply, new Udp(67, 68), acknowledgement()));
        Dhcpv4Option joined = new Dhcpv4Option(200, Slice.of(new byte[300]));
        samples.put(
                "dhcp long option",
                dhcp(
                        reply,
                        new Udp(67, 68),
                        Dhcpv4.of(Dhcpv4.REPLY, 1, MAC_1, Dhcpv4Options.of(joined))));
    }

    private static Dhcpv4 acknowledgement() {
        return Dhcpv4.of(
                        Dhcpv4.REPLY,
                        0xfeed_beefL,
                        MAC_1,
                        Dhcpv4Options.of(
                                Dhcpv4MessageType.ACK.option(),
                                Dhcpv4Option.address(Dhcpv4Option.SERVER_IDENTIFIER, IP_1),
                                Dhcpv4Option.u32(Dhcpv4Option.LEASE_SECONDS, 3600),
                                Dhcpv4Option.address(
                                        Dhcpv4Option.SUBNET_MASK,
                                        IpAddresses.parseV4("255.255.255.0")),
                                Dhcpv4Option.addresses(Dhcpv4Option.ROUTERS, List.of(IP_1, IP_2)),
                                Dhcpv4Option.u16(Dhcpv4Option.INTERFACE_MTU, 1400),
                                Dhcpv4Option.text(Dhcpv4Option.DOMAIN_NAME, "weft.example"),
                                Dhcpv4Option.domainSearch(List.of("a.example", "b.a")),
                                Dhcpv4Option.classlessRoutes(
                                        List.of(
                                                new ClasslessRoute(
                                                        IpAddresses.parseV4("10.9.8.0"),
                                                        21,
                                                        IP_2)))))
                .withYour(IP_2);
    }

    private static byte[] dhcpv6(String destination, Udp udp, Dhcpv6 message) {
        return Packet.encode(
                TO_IPV6,
                Ipv6.of(LINK_LOCAL_1, IpAddresses.parseV6(destination), IpProtocol.UDP),
                udp,
                message);
    }

    private static void dhcpv6(Map<String, byte[]> samples) {
        samples.put(
                "dhcpv6 solicit",
                dhcpv6(
                        "ff02::1:2",
                        new Udp(546, 547),
                        new Dhcpv6(Dhcpv6.SOLICIT, 0xabcdef, asking())));
        samples.put(
                "dhcpv6 reply",
                dhcpv6(
                        "fe80::2",
                        new Udp(547, 546),
                        new Dhcpv6(Dhcpv6.REPLY, 0xabcdef, answering())));
    }

    private static Dhcpv6Option identifier(int code) {
        return new Dhcpv6Option(code, Dhcpv6Option.uniqueIdentifier(Slice.of(new byte[16])));
    }

    private static Dhcpv6Options asking() {
        return Dhcpv6Options.of(
                identifier(Dhcpv6Option.CLIENT_IDENTIFIER),
                Dhcpv6Association.asked(false, 1, List.of()).option(),
                Dhcpv6Option.empty(Dhcpv6Option.RAPID_COMMIT),
                Dhcpv6Option.elapsed(1230),
                Dhcpv6Option.u16s(Dhcpv6Option.OPTION_REQUEST, List.of(23, 24)));
    }

    private static Dhcpv6Options answering() {
        var lent = new Dhcpv6Association.Lent(SIX_2, 128, 3600, 7200);
        var prefix = new Dhcpv6Association.Lent(IpAddresses.parseV6("fd01::"), 56, 3600, 7200);
        return Dhcpv6Options.of(
                identifier(Dhcpv6Option.CLIENT_IDENTIFIER),
                identifier(Dhcpv6Option.SERVER_IDENTIFIER),
                Dhcpv6Association.asked(false, 1, List.of(lent)).option(),
                Dhcpv6Association.asked(true, 2, List.of(prefix)).option(),
                Dhcpv6Option.addresses(Dhcpv6Option.DOMAIN_NAME_SERVERS, List.of(SIX_1)),
                Dhcpv6Option.domainSearch(List.of("a.example", "b.a")),
                Dhcpv6Option.status(Dhcpv6Status.SUCCESS, "done"));
    }
}
