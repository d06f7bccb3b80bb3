package dev.weft.ipam.dhcp.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ipam.dhcp.Dhcpv4Lease;
import dev.weft.wire.Arp;
import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv4MessageType;
import dev.weft.wire.Dhcpv4Option;
import dev.weft.wire.Dhcpv4Options;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.LinkType;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import java.net.Inet4Address;
import org.junit.jupiter.api.Test;

final class AddressProbeTest {
    private static final MacAddress OWN = MacAddress.parse("02:00:00:00:00:01");
    private static final MacAddress OTHER = MacAddress.parse("02:00:00:00:00:02");
    private static final Inet4Address WANTED = IpAddresses.parseV4("10.9.0.7");
    private static final Inet4Address ELSE = IpAddresses.parseV4("10.9.0.8");
    private static final Inet4Address NOBODY = IpAddresses.parseV4("0.0.0.0");

    private static final AddressProbe PROBE =
            AddressProbe.of(
                    OWN,
                    new Dhcpv4Lease(
                            Dhcpv4.of(
                                            Dhcpv4.REPLY,
                                            1,
                                            OWN,
                                            Dhcpv4Options.of(
                                                    Dhcpv4MessageType.ACK.option(),
                                                    Dhcpv4Option.address(
                                                            Dhcpv4Option.SERVER_IDENTIFIER, ELSE)))
                                    .withYour(WANTED)),
                    0,
                    1000);

    private static boolean isConflict(Arp heard) {
        return PROBE.isConflict(Arp.decode(Slice.of(Packet.encode(heard))));
    }

    @Test
    void stationThatHasOrProbesTheAddress_isAConflict() {
        assertThat(isConflict(Arp.request(OWN, NOBODY, WANTED).replyBy(OTHER))).isTrue();
        assertThat(isConflict(Arp.request(OTHER, WANTED, ELSE))).isTrue();
        assertThat(isConflict(Arp.request(OTHER, NOBODY, WANTED))).isTrue();
    }

    @Test
    void ownQuestion_andStationsThatAskForIt_areNone() {
        assertThat(isConflict(Arp.request(OWN, NOBODY, WANTED))).isFalse();
        assertThat(isConflict(Arp.request(OTHER, ELSE, WANTED))).isFalse();
        assertThat(isConflict(Arp.request(OTHER, NOBODY, ELSE))).isFalse();
    }

    @Test
    void question_isABroadcastFromNobody_answeredSoonOrNever() {
        Packet question = Packet.decode(LinkType.ETHERNET, Slice.of(PROBE.question()));
        assertThat(question.first(Arp.View.class).orElseThrow().value())
                .isEqualTo(Arp.request(OWN, NOBODY, WANTED));
        assertThat(PROBE.endMillis()).isEqualTo(1010);
    }
}
