package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.testkit.Seeded;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class PacketTest {
    private static Packet decode(byte[] frame) {
        return Packet.decode(LinkType.ETHERNET, Slice.of(frame));
    }

    private static Packet sample(String name) {
        return decode(Samples.frame(name));
    }

    private static Stream<DynamicTest> forEachSample(Consumer<byte[]> check) {
        return Samples.all().entrySet().stream()
                .map(sample ->
                        DynamicTest.dynamicTest(
                                sample.getKey(), () -> check.accept(sample.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> frame_returnsFromViewsAndValuesByteForByte() {
        return forEachSample(frame -> {
            Packet packet = decode(frame);
            assertThat(packet.problems()).isEmpty();
            assertThat(Packet.encode(packet.payload(), packet.headers())).isEqualTo(frame);
        });
    }

    @TestFactory
    Stream<DynamicTest> checksumOfEveryLayer_isGoodOrNoneAtAll() {
        return forEachSample(frame -> {
            Packet packet = decode(frame);
            assertThat(packet.layers())
                    .extracting(packet::checksum)
                    .isSubsetOf(ChecksumState.GOOD, ChecksumState.ABSENT);
        });
    }

    @TestFactory
    Stream<DynamicTest> cutFrame_keepsTheLayersThatAreThere() {
        return forEachSample(frame -> {
            List<String> all = names(decode(frame));
            for (int length = 0; length < frame.length; length++) {
                Packet cut = decode(Arrays.copyOf(frame, length));
                assertThat(names(cut)).isEqualTo(all.subList(0, cut.layers().size()));
                Hostile.readEverything(cut);
            }
        });
    }

    private static List<String> names(Packet packet) {
        return packet.layers().stream().map(Layer::name).toList();
    }

    @TestFactory
    Stream<DynamicTest> damagedFrame_isReadWithoutAnyOtherException() {
        return forEachSample(frame ->
                Seeded.forAll(
                        100,
                        random -> {
                            byte[] damaged = frame.clone();
                            for (int i = random.between(1, 4); i > 0; i--) {
                                damaged[random.between(0, frame.length - 1)] = random.bytes(1)[0];
                            }
                            Hostile.readEverything(decode(damaged));
                        }));
    }

    @Test
    void cutPayload_isNamedAsAProblemOfEachLayerThatPromisedIt() {
        byte[] frame = Samples.frame("udp");
        Packet cut = decode(Arrays.copyOf(frame, frame.length - 2));
        assertThat(names(cut)).containsExactly("Ethernet", "IPv4", "UDP");
        assertThat(cut.problems())
                .containsExactly(
                        new Malformation("IPv4", "end", 31, "2 more bytes", "none"),
                        new Malformation("UDP", "end", 11, "2 more bytes", "none"));
        assertThat(cut.toString())
                .isEqualTo(
                        "IP 10.0.0.1.40000 > 10.0.0.2.50000: UDP, length 5"
                                + " [IPv4 end at byte 31: expected 2 more bytes, found none]"
                                + " [UDP end at byte 11: expected 2 more bytes, found none]");
        assertThat(cut.checksum(cut.layers().getLast())).isEqualTo(ChecksumState.UNVERIFIABLE);
    }

    @Test
    void malformedInnerLayer_keepsTheOuterOnesAndSaysWhatIsWrong() {
        byte[] frame = Samples.frame("tcp syn");
        frame[14 + 20 + 12] = 0x40;
        Packet packet = decode(frame);
        assertThat(names(packet)).containsExactly("Ethernet", "IPv4");
        assertThat(packet.problems())
                .containsExactly(new Malformation("TCP", "data offset", 12, "at least 20", "16"));
        assertThat(packet.payload().length()).isEqualTo(40);
    }

    @Test
    void nestingBeyondTheLimit_isCutThere() {
        Header[] tags =
                IntStream.range(0, 40)
                        .mapToObj(id -> Vlan.of(id, EtherType.VLAN))
                        .toArray(Header[]::new);
        Packet packet =
                decode(concat(new Ethernet(Samples.MAC_1, Samples.MAC_2, EtherType.VLAN), tags));
        assertThat(packet.layers()).hasSize(Packet.MOST_LAYERS);
        assertThat(packet.problems())
                .containsExactly(new Malformation("packet", "layers", 0, "at most 32", "more"));
    }

    private static byte[] concat(Header first, Header[] rest) {
        return Packet.encode(
                Stream.concat(Stream.of(first), Stream.of(rest)).toArray(Header[]::new));
    }

    @Test
    void paddingOfAShortFrame_isNoPayload() {
        byte[] padded = Arrays.copyOf(Samples.frame("udp"), 60);
        Packet packet = decode(padded);
        assertThat(packet.payload()).isEqualTo(Samples.HELLO);
        assertThat(packet.problems()).isEmpty();
        assertThat(packet.checksum(packet.layers().getLast())).isEqualTo(ChecksumState.GOOD);
    }

    @Test
    void flippedBit_makesTheChecksumBad() {
        byte[] frame = Samples.frame("vxlan");
        frame[frame.length - 1] ^= 1;
        Packet packet = decode(frame);
        assertThat(packet.layers())
                .extracting(packet::checksum)
                .containsExactly(
                        ChecksumState.ABSENT,
                        ChecksumState.GOOD,
                        ChecksumState.BAD,
                        ChecksumState.ABSENT,
                        ChecksumState.ABSENT,
                        ChecksumState.GOOD,
                        ChecksumState.BAD);
    }

    @Test
    void udpWithoutChecksum_hasNone() {
        byte[] frame = Samples.frame("udp");
        frame[14 + 20 + 6] = 0;
        frame[14 + 20 + 7] = 0;
        Packet packet = decode(frame);
        assertThat(packet.checksum(packet.layers().getLast())).isEqualTo(ChecksumState.ABSENT);
    }

    @Test
    void checksumThatCoversOtherFragments_cannotBeVerified() {
        byte[] echo = Packet.encode(Slice.of(new byte[64]), Icmpv4.Echo.request(1, 1));
        byte[] frame =
                Packet.encode(
                        Slice.of(echo, 0, 64),
                        Samples.TO_IPV4,
                        Ipv4.of(Samples.IP_1, Samples.IP_2, IpProtocol.ICMP)
                                .withFragment(7, 0, true));
        Packet packet = decode(frame);
        assertThat(packet.first(Icmpv4.View.class))
                .hasValueSatisfying(icmp ->
                        assertThat(packet.checksum(icmp)).isEqualTo(ChecksumState.UNVERIFIABLE));
        assertThat(packet.problems()).isEmpty();
    }

    @Test
    void transportWithoutIpHeader_isRefused() {
        assertThatThrownBy(() -> Packet.encode(Samples.TO_IPV4, Samples.UDP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no IP header around Udp");
    }

    @Test
    void payloadBeyondTheLengthField_isRefused() {
        Slice large = Slice.of(new byte[65_508]);
        Ipv4 ip = Ipv4.of(Samples.IP_1, Samples.IP_2, IpProtocol.UDP);
        assertThat(Packet.encode(large.atMost(65_507), ip, Samples.UDP)).hasSize(65_535);
        assertThatThrownBy(() -> Packet.encode(large, ip, Samples.UDP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 bits");
    }

    @Test
    void rawPacket_isToldApartByItsVersion() {
        byte[] four = Samples.frame("udp");
        byte[] six = Samples.frame("udp ipv6");
        assertThat(names(Packet.decode(LinkType.RAW, Slice.of(four).from(14))))
                .containsExactly("IPv4", "UDP");
        assertThat(names(Packet.decode(LinkType.RAW, Slice.of(six).from(14))))
                .containsExactly("IPv6", "UDP");
        assertThat(Packet.decode(LinkType.RAW, Slice.EMPTY).problems())
                .containsExactly(new Malformation("IP", "version", 0, "1 bytes", "0"));
    }

    @Test
    void packetOfAnUnknownLinkType_staysUndecoded() {
        Packet packet = Packet.decode(new LinkType(147), Samples.HELLO);
        assertThat(packet.layers()).isEmpty();
        assertThat(packet.payload()).isEqualTo(Samples.HELLO);
        assertThat(packet.toString()).isEqualTo("length 5");
    }

    @Test
    void cookedPacket_isReadBehindItsHeader() {
        var cooked = new LinuxCooked(EtherType.ARP, 3, 1, 4, Slice.of(Samples.MAC_1.toByteArray()));
        Packet packet =
                Packet.decode(
                        LinkType.LINUX_SLL2, Slice.of(Packet.encode(cooked, Samples.ARP_REQUEST)));
        assertThat(packet.headers()).containsExactly(cooked, Samples.ARP_REQUEST);
        assertThat(packet.toString())
                .isEqualTo("ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28");
    }

    @Test
    void lineWithLinkAddresses_startsWithThemAndTheTags() {
        assertThat(sample("arp request").toLinkString())
                .isEqualTo(
                        "02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, ARP, Request who-has 10.0.0.2"
                                + " tell 10.0.0.1, length 28");
        assertThat(sample("stacked vlans").toLinkString())
                .isEqualTo(
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, vlan 100, p 0, vlan 200, p 0,"
                                + " IP 10.0.0.1.40000 > 10.0.0.2.50000: UDP, length 5");
    }

    @Test
    void quoteOfAnError_isDecodedAsFarAsItGoes() {
        Packet error = sample("icmp port unreachable");
        Icmpv4.View icmp = error.first(Icmpv4.View.class).orElseThrow();
        assertThat(icmp.quoted())
                .hasValueSatisfying(quoted ->
                        assertThat(quoted.toString())
                                .isEqualTo(
                                        "IP 10.0.0.1.40000 > 10.0.0.2.50000: UDP," + " length 5"));
        assertThat(sample("icmp echo request").first(Icmpv4.View.class).orElseThrow().quoted())
                .isEmpty();
    }
}
