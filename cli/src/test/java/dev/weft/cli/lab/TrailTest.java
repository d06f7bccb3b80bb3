package dev.weft.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.lab.Sighting.Direction;
import dev.weft.wire.Arp;
import dev.weft.wire.EtherType;
import dev.weft.wire.Ethernet;
import dev.weft.wire.Header;
import dev.weft.wire.Icmpv4;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.IpProtocol;
import dev.weft.wire.Ipv4;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrailTest {
    private static final MacAddress CONTAINER = new MacAddress(0x0200_0000_0001L);
    private static final MacAddress BRIDGE = new MacAddress(0x0200_0000_0002L);
    private static final MacAddress ROUTER = new MacAddress(0x0200_0000_0003L);

    @Test
    void of_translatedAndRoutedPacket_isOneTrailThatNamesTheChanges() {
        List<Trail> trails =
                Trail.of(
                        List.of(
                                seen("c1", Direction.OUT, 1, ping(BRIDGE, "172.17.0.2", 64, 1)),
                                seen("host", Direction.IN, 2, ping(BRIDGE, "172.17.0.2", 64, 1)),
                                seen("host", Direction.OUT, 3, ping(ROUTER, "192.0.2.9", 63, 1))));

        assertThat(trails).hasSize(1);
        List<Trail.Hop> hops = trails.getFirst().hops();
        assertThat(trails.getFirst().flow().summary()).isEqualTo("echo request 1");
        assertThat(hops).extracting(Trail.Hop::node).containsExactly("c1", "host", "host");
        assertThat(hops.get(0).changes()).isEmpty();
        assertThat(hops.get(1).changes()).isEmpty();
        assertThat(hops.get(2).changes())
                .containsExactly(
                        new Change.Source("172.17.0.2", "192.0.2.9"),
                        new Change.TimeToLive(64, 63),
                        new Change.LinkAddresses(CONTAINER.toString(), ROUTER.toString()));
    }

    @Test
    void of_twoRequests_keepsThemApart() {
        assertThat(
                        Trail.of(
                                List.of(
                                        seen(
                                                "c1",
                                                Direction.OUT,
                                                1,
                                                ping(BRIDGE, "10.0.0.1", 64, 1)),
                                        seen(
                                                "c1",
                                                Direction.OUT,
                                                2,
                                                ping(BRIDGE, "10.0.0.1", 64, 2)))))
                .hasSize(2);
    }

    @Test
    void of_arp_saysWhoAsksForWhom() {
        Arp request =
                Arp.request(
                        CONTAINER,
                        IpAddresses.parseV4("10.0.0.1"),
                        IpAddresses.parseV4("10.0.0.2"));
        byte[] frame =
                Packet.encode(
                        new Ethernet(MacAddress.BROADCAST, CONTAINER, EtherType.ARP), request);

        Flow flow = Trail.of(List.of(seen("c1", Direction.OUT, 1, frame))).getFirst().flow();

        assertThat(flow.protocol()).isEqualTo("ARP");
        assertThat(flow.summary()).isEqualTo("who has 10.0.0.2?");
    }

    @Test
    void of_damagedFrames_leavesThemOut() {
        byte[] frame = ping(BRIDGE, "10.0.0.1", 64, 1);
        for (int length = 0; length < 34; length++) {
            byte[] cut = java.util.Arrays.copyOf(frame, length);
            assertThat(Trail.of(List.of(seen("c1", Direction.IN, 1, cut))))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    private static Sighting seen(String node, Direction direction, long time, byte[] frame) {
        return Sighting.of(node, "eth0", direction, time, Slice.of(frame));
    }

    private static byte[] ping(MacAddress to, String source, int ttl, int sequenceNumber) {
        Ipv4 ip =
                new Ipv4(
                        0,
                        sequenceNumber,
                        Ipv4.DONT_FRAGMENT,
                        0,
                        ttl,
                        IpProtocol.ICMP,
                        IpAddresses.parseV4(source),
                        IpAddresses.parseV4("203.0.113.10"),
                        List.of());
        Header[] headers = {
            new Ethernet(to, CONTAINER, EtherType.IPV4), ip, Icmpv4.Echo.request(7, sequenceNumber)
        };
        return Packet.encode(Slice.of("abc".getBytes(StandardCharsets.US_ASCII)), headers);
    }
}
