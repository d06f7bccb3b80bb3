package dev.weft.wire;

import dev.weft.testkit.Seeded;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Any value of every header, with every field over its whole range.
final class RandomHeaders {
    private final Seeded random;

    RandomHeaders(Seeded random) {
        this.random = random;
    }

    /// One of each kind.
    Stream<Header> all() {
        return Stream.of(
                new Ethernet(mac(), mac(), new EtherType(u16())),
                new LinuxCooked(
                        new EtherType(u16()), random.unsignedInt(), u16(), u8(), bytes(0, 8)),
                new Vlan(bits(3), random.flip(), bits(12), new EtherType(u16())),
                new Arp(u16(), mac(), ipv4(), mac(), ipv4()),
                new Ipv4(
                        u8(),
                        u16(),
                        bits(3),
                        8 * bits(13),
                        u8(),
                        protocol(),
                        ipv4(),
                        ipv4(),
                        list(4, this::ipv4Option)),
                new Ipv6(u8(), bits(20), protocol(), u8(), ipv6(), ipv6()),
                new Ipv6Options(
                        random.oneOf(List.of(Ipv6Options.Kind.values())),
                        protocol(),
                        list(5, this::ipv6Option)),
                new Ipv6Routing(protocol(), u8(), u8(), bytes(4 + 8 * bits(4))),
                new Ipv6Fragment(protocol(), 8 * bits(13), random.flip(), random.unsignedInt()),
                new Authentication(
                        protocol(), random.unsignedInt(), random.unsignedInt(), bytes(4 * bits(5))),
                icmpv4(),
                icmpv6(),
                new Udp(u16(), u16()),
                new Tcp(
                        u16(),
                        u16(),
                        random.unsignedInt(),
                        random.unsignedInt(),
                        new TcpFlags(bits(12)),
                        u16(),
                        u16(),
                        list(3, this::tcpOption)),
                new Vxlan(bits(24)),
                dhcpv4(),
                dhcpv6());
    }

    private Icmpv4 icmpv4() {
        return oneOf(
                List.of(
                        () -> new Icmpv4.Echo(random.flip(), u16(), u16()),
                        () -> new Icmpv4.DestinationUnreachable(u8(), u16()),
                        () -> new Icmpv4.Redirect(u8(), ipv4()),
                        () -> new Icmpv4.TimeExceeded(u8()),
                        () -> new Icmpv4.ParameterProblem(u8(), u8()),
                        () -> new Icmpv4.Other(13 + bits(4), u8(), random.unsignedInt())));
    }

    private Icmpv6 icmpv6() {
        return oneOf(
                List.of(
                        () -> new Icmpv6.Echo(random.flip(), u16(), u16()),
                        () -> new Icmpv6.Failure(random.between(1, 4), u8(), random.unsignedInt()),
                        () -> new Icmpv6.Other(138 + bits(4), u8(), Slice.EMPTY),
                        () -> new NeighbourDiscovery.RouterSolicitation(neighbourOptions()),
                        () ->
                                new NeighbourDiscovery.RouterAdvertisement(
                                        u8(),
                                        u8(),
                                        u16(),
                                        random.unsignedInt(),
                                        random.unsignedInt(),
                                        neighbourOptions()),
                        () ->
                                new NeighbourDiscovery.NeighbourSolicitation(
                                        ipv6(), neighbourOptions()),
                        () ->
                                new NeighbourDiscovery.NeighbourAdvertisement(
                                        u8(), ipv6(), neighbourOptions()),
                        () -> new NeighbourDiscovery.Redirect(ipv6(), ipv6(), neighbourOptions())));
    }

    private Dhcpv4 dhcpv4() {
        return new Dhcpv4(
                u8(),
                u8(),
                random.unsignedInt(),
                u16(),
                u16(),
                ipv4(),
                ipv4(),
                ipv4(),
                ipv4(),
                mac(),
                bytes(0, 64),
                bytes(0, 128),
                Dhcpv4Options.NONE.plus(list(6, this::dhcpv4Option)));
    }

    private Dhcpv4Option dhcpv4Option() {
        return oneOf(
                List.of(
                        () -> random.oneOf(List.of(Dhcpv4MessageType.values())).option(),
                        () -> Dhcpv4Option.addresses(3, list(3, this::ipv4)),
                        () -> Dhcpv4Option.u32(51, random.unsignedInt()),
                        () -> Dhcpv4Option.nodeIdentifier(random.unsignedInt(), bytes(0, 20)),
                        () -> Dhcpv4Option.domainSearch(list(40, () -> "d" + u16() + ".example")),
                        () ->
                                Dhcpv4Option.classlessRoutes(
                                        list(
                                                40,
                                                () ->
                                                        new ClasslessRoute(
                                                                ipv4(),
                                                                random.between(0, 32),
                                                                ipv4()))),
                        () -> new Dhcpv4Option(random.between(128, 254), bytes(0, 600))));
    }

    private Dhcpv6 dhcpv6() {
        return new Dhcpv6(
                random.between(14, 255), bits(24), new Dhcpv6Options(list(5, this::dhcpv6Option)));
    }

    private Dhcpv6Option dhcpv6Option() {
        return oneOf(
                List.of(
                        () -> new Dhcpv6Option(u16(), bytes(0, 40)),
                        () -> Dhcpv6Option.addresses(23, list(3, this::ipv6)),
                        () -> dhcpv6Association().option()));
    }

    private Dhcpv6Association dhcpv6Association() {
        return new Dhcpv6Association(
                random.flip(),
                random.unsignedInt(),
                random.unsignedInt(),
                random.unsignedInt(),
                new Dhcpv6Options(list(3, () -> new Dhcpv6Option(u16(), bytes(0, 30)))));
    }

    private List<NeighbourOption> neighbourOptions() {
        return list(
                4,
                () ->
                        oneOf(
                                List.of(
                                        () ->
                                                new NeighbourOption.LinkLayerAddress(
                                                        random.flip(), mac()),
                                        () ->
                                                new NeighbourOption.PrefixInformation(
                                                        u8(),
                                                        u8(),
                                                        random.unsignedInt(),
                                                        random.unsignedInt(),
                                                        ipv6()),
                                        () -> new NeighbourOption.Mtu(random.unsignedInt()),
                                        () ->
                                                new NeighbourOption.Unknown(
                                                        6 + bits(7), bytes(6 + 8 * bits(3))))));
    }

    private Ipv4Option ipv4Option() {
        return random.flip()
                ? new Ipv4Option(Ipv4Option.NO_OPERATION, Slice.EMPTY)
                : new Ipv4Option(random.between(2, 255), bytes(0, 8));
    }

    private Ipv6Option ipv6Option() {
        return random.flip()
                ? Ipv6Option.padding(random.between(1, 9))
                : new Ipv6Option(random.between(2, 255), bytes(0, 20));
    }

    private TcpOption tcpOption() {
        return oneOf(
                List.of(
                        () -> new TcpOption.NoOperation(),
                        () -> new TcpOption.MaximumSegmentSize(u16()),
                        () -> new TcpOption.WindowScale(u8()),
                        () -> new TcpOption.SackPermitted(),
                        () ->
                                new TcpOption.Sack(
                                        List.of(
                                                new TcpOption.Sack.Block(
                                                        random.unsignedInt(),
                                                        random.unsignedInt()))),
                        () -> new TcpOption.Timestamps(random.unsignedInt(), random.unsignedInt()),
                        () -> new TcpOption.Unknown(random.between(9, 255), bytes(0, 10))));
    }

    private <T> T oneOf(List<Supplier<T>> choices) {
        return random.oneOf(choices).get();
    }

    private <T> List<T> list(int most, Supplier<T> element) {
        return Stream.generate(element).limit(random.between(0, most)).toList();
    }

    private int bits(int count) {
        return random.between(0, (1 << count) - 1);
    }

    private int u8() {
        return bits(8);
    }

    private int u16() {
        return bits(16);
    }

    private IpProtocol protocol() {
        return new IpProtocol(u8());
    }

    private Slice bytes(int length) {
        return Slice.of(random.bytes(length));
    }

    private Slice bytes(int least, int most) {
        return bytes(random.between(least, most));
    }

    private MacAddress mac() {
        return new MacAddress(random.anyLong() >>> 16);
    }

    private Inet4Address ipv4() {
        return IpAddresses.v4(bytes(4), 0);
    }

    /// A mapped address now and then: the JDK would make four bytes of it.
    private Inet6Address ipv6() {
        return random.between(0, 3) == 0
                ? IpAddresses.parseV6("::ffff:" + IpAddresses.text(ipv4()))
                : IpAddresses.v6(bytes(16), 0);
    }
}
