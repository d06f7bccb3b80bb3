package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.testkit.Seeded;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HeaderTest {
    private static final Ipv4 IPV4 = Ipv4.of(Samples.IP_1, Samples.IP_2, IpProtocol.UDP);

    /// The view of a header's bytes, whatever stands around them.
    private static Layer decode(Header header, Slice bytes) {
        return switch (header) {
            case Ethernet _ -> Ethernet.decode(bytes);
            case LinuxCooked _ -> LinuxCooked.decode(bytes);
            case Vlan _ -> Vlan.decode(bytes);
            case Arp _ -> Arp.decode(bytes);
            case Ipv4 _ -> Ipv4.decode(bytes);
            case Ipv6 _ -> Ipv6.decode(bytes);
            case Ipv6Options options ->
                    options.kind() == Ipv6Options.Kind.HOP_BY_HOP
                            ? Ipv6Options.decodeHopByHop(bytes)
                            : Ipv6Options.decodeDestination(bytes);
            case Ipv6Routing _ -> Ipv6Routing.decode(bytes);
            case Ipv6Fragment _ -> Ipv6Fragment.decode(bytes);
            case Authentication _ -> Authentication.decode(bytes);
            case Icmpv4 _ -> Icmpv4.decode(bytes);
            case Icmpv6 _ -> Icmpv6.decode(bytes);
            case Udp _ -> Udp.decode(bytes);
            case Tcp _ -> Tcp.decode(bytes);
            case Vxlan _ -> Vxlan.decode(bytes);
            case Dhcpv4 _ -> Dhcpv4.decode(bytes);
            case Dhcpv6 _ -> Dhcpv6.decode(bytes);
        };
    }

    /// The header's own bytes; a transport gets the IP header that its checksum needs.
    private static Slice encode(Header header) {
        return header instanceof Header.Transport
                ? Slice.of(Packet.encode(IPV4, header)).from(IPV4.length())
                : Slice.of(Packet.encode(header));
    }

    @Test
    void anyValue_returnsFromItsBytes() {
        Seeded.forAll(
                300,
                random ->
                        new RandomHeaders(random)
                                .all()
                                .forEach(header -> {
                                    Slice bytes = encode(header);
                                    assertThat(bytes.length()).isEqualTo(header.length());
                                    assertThat(decode(header, bytes).value()).isEqualTo(header);
                                }));
    }

    @Test
    void anyHeaderCutShort_isMalformed() {
        Seeded.forAll(
                50, random -> new RandomHeaders(random).all().forEach(HeaderTest::assertCutFails));
    }

    private static void assertCutFails(Header header) {
        byte[] bytes = encode(header).toByteArray();
        for (int length = 0; length < bytes.length; length++) {
            Slice cut = Slice.of(Arrays.copyOf(bytes, length));
            if (header instanceof NeighbourDiscovery discovery
                    && endsAtAnOption(discovery, length)) {
                continue;
            }
            if (header instanceof Dhcpv4 message && endsAtAnOption(message, length)) {
                continue;
            }
            if (header instanceof Dhcpv6 message && endsAtAnOption(message, length)) {
                continue;
            }
            assertThatThrownBy(() -> decode(header, cut).value())
                    .as("%s cut to %s", header, cut)
                    .isInstanceOf(MalformedPacketException.class);
        }
    }

    /// Neighbour discovery has no count of options: one that is cut between two is shorter, not
    /// wrong.
    private static boolean endsAtAnOption(NeighbourDiscovery message, int length) {
        int end = 4 + message.fixedBodyBytes();
        for (NeighbourOption option : message.options()) {
            if (end == length) {
                return true;
            }
            end += option.length();
        }
        return false;
    }

    /// The mark of the end may be missing.
    private static boolean endsAtAnOption(Dhcpv4 message, int length) {
        Slice whole = encode(message);
        int at = Dhcpv4.OPTIONS;
        while (at < length) {
            at += 2 + whole.u8(at + 1);
        }
        return at == length;
    }

    /// As in neighbour discovery.
    private static boolean endsAtAnOption(Dhcpv6 message, int length) {
        int end = Dhcpv6.OPTIONS;
        for (Dhcpv6Option option : message.options().all()) {
            if (end == length) {
                return true;
            }
            end += option.length();
        }
        return false;
    }

    static Stream<ThrowingCallable> dhcpFieldsOutOfRange() {
        var mac = Samples.MAC_1;
        Slice four = Slice.of(new byte[4]);
        return Stream.of(
                () -> Dhcpv4.of(256, 0, mac, Dhcpv4Options.NONE),
                () -> Dhcpv4.of(1, 1L << 32, mac, Dhcpv4Options.NONE),
                () -> new Dhcpv4Option(0, four),
                () -> new Dhcpv4Option(52, four),
                () -> new Dhcpv4Option(255, four),
                () -> new Dhcpv4Option(1, Slice.of(new byte[65_536])),
                () -> Dhcpv4Option.domainSearch(List.of("two..dots")),
                () -> Dhcpv4Option.domainSearch(List.of("line\nend")),
                () -> Dhcpv4Option.domainSearch(List.of("a.".repeat(127) + "ab")),
                () -> new Dhcpv6(256, 0, Dhcpv6Options.of()),
                () -> new Dhcpv6(12, 0, Dhcpv6Options.of()),
                () -> new Dhcpv6(1, 1 << 24, Dhcpv6Options.of()),
                () -> new Dhcpv6Option(65_536, four),
                () -> new Dhcpv6Option(1, Slice.of(new byte[65_536])),
                () -> new ClasslessRoute(Samples.IP_1, 33, Samples.IP_2));
    }

    static Stream<ThrowingCallable> fieldsOutOfRange() {
        var mac = Samples.MAC_1;
        Slice four = Slice.of(new byte[4]);
        return Stream.of(
                () -> new MacAddress(1L << 48),
                () -> new MacAddress(-1),
                () -> new EtherType(0x1_0000),
                () -> new IpProtocol(256),
                () -> new Vlan(8, false, 1, EtherType.IPV4),
                () -> new Vlan(0, false, 4096, EtherType.IPV4),
                () -> new Arp(-1, mac, Samples.IP_1, mac, Samples.IP_2),
                () -> IPV4.withTimeToLive(256),
                () -> IPV4.withFragment(1, 4, false),
                () -> IPV4.withFragment(1, 65_536, false),
                () -> IPV4.withOptions(List.of(new Ipv4Option(2, Slice.of(new byte[39])))),
                () ->
                        IPV4.withOptions(
                                List.of(
                                        new Ipv4Option(2, Slice.of(new byte[20])),
                                        new Ipv4Option(2, Slice.of(new byte[20])))),
                () -> new Ipv4Option(0, Slice.EMPTY),
                () -> new Ipv4Option(1, four),
                () -> new Ipv6(0, 1 << 20, IpProtocol.UDP, 0, Samples.SIX_1, Samples.SIX_2),
                () -> new Ipv6Option(0, four),
                () -> new Ipv6Option(2, Slice.of(new byte[256])),
                () -> new Ipv6Routing(IpProtocol.UDP, 4, 0, Slice.of(new byte[8])),
                () -> new Ipv6Fragment(IpProtocol.UDP, 7, false, 0),
                () -> new Authentication(IpProtocol.UDP, 0, 0, Slice.of(new byte[5])),
                () -> Icmpv4.Echo.request(65_536, 0),
                () -> new Icmpv6.Failure(128, 0, 0),
                () -> new Udp(65_536, 0),
                () -> Tcp.of(1, 1, 1L << 32, 0, TcpFlags.ACK),
                () -> new TcpFlags(4096),
                () -> new TcpOption.Sack(List.of()),
                () -> new TcpOption.Unknown(1, Slice.EMPTY),
                () ->
                        Tcp.syn(
                                1,
                                1,
                                0,
                                List.of(
                                        new TcpOption.Unknown(99, Slice.of(new byte[38])),
                                        new TcpOption.NoOperation())),
                () -> new NeighbourOption.Unknown(9, Slice.of(new byte[8])),
                () -> new Vxlan(1 << 24),
                () -> Slice.of(new byte[4], 2, 3));
    }

    @ParameterizedTest
    @MethodSource({"fieldsOutOfRange", "dhcpFieldsOutOfRange"})
    void fieldOutOfRange_isRefused(ThrowingCallable construction) {
        assertThatThrownBy(construction)
                .isInstanceOfAny(IllegalArgumentException.class, IndexOutOfBoundsException.class);
    }

    @Test
    void knownOptionOfUnusualLength_staysAsItIs() {
        var odd = new TcpOption.Unknown(TcpOptions.MAXIMUM_SEGMENT_SIZE, Slice.of(new byte[4]));
        Tcp header = Tcp.syn(1, 2, 3, List.of(odd));
        assertThat(decode(header, encode(header)).value()).isEqualTo(header);
    }

    @Test
    void errorWithUnusedBits_isKeptWhole() {
        var extended = new Icmpv4.Other(Icmpv4.TIME_EXCEEDED, 0, 0x0005_0000);
        assertThat(decode(extended, encode(extended)).value()).isEqualTo(extended);
        var echo = new Icmpv6.Other(Icmpv6.ECHO_REQUEST, 9, Slice.of(new byte[] {1, 2, 3, 4}));
        assertThat(decode(echo, encode(echo)).value()).isEqualTo(echo);
    }

    @Test
    void optionsOfAnIpv6Header_arePaddedToTheUnit() {
        var alert = new Ipv6Option(Ipv6Option.ROUTER_ALERT, Slice.of(new byte[2]));
        var options =
                new Ipv6Options(Ipv6Options.Kind.HOP_BY_HOP, IpProtocol.ICMPV6, List.of(alert));
        assertThat(options.options()).containsExactly(alert, Ipv6Option.padding(2));
        assertThat(options.length()).isEqualTo(8);
    }

    @Test
    void arpForOtherHardware_isReadButHasNoValue() {
        byte[] infiniband = new byte[8 + 2 * (20 + 4)];
        infiniband[1] = 32;
        infiniband[2] = 8;
        infiniband[4] = 20;
        infiniband[5] = 4;
        infiniband[7] = 1;
        Arp.View view = Arp.decode(Slice.of(infiniband));
        assertThat(view.targetProtocolAddress().length()).isEqualTo(4);
        assertThat(ArpText.of(view))
                .isEqualTo("ARP, hardware 32, protocol 0x0800, operation 1, length 56");
        assertThatThrownBy(view::value).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void valueWithBytes_doesNotChangeWithTheArrayItCameFrom() {
        byte[] data = {1, 2};
        var option = new TcpOption.Unknown(99, Slice.of(data));
        data[0] = 9;
        assertThat(option.data()).isEqualTo(Slice.of(new byte[] {1, 2}));
    }
}
