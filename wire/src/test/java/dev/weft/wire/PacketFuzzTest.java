package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

final class PacketFuzzTest {
    private static final List<LinkType> LINK_TYPES =
            List.of(LinkType.ETHERNET, LinkType.RAW, LinkType.LINUX_SLL2);

    @FuzzTest
    void anyBytes_areAPacketWithOrWithoutProblems(byte[] bytes) {
        for (LinkType linkType : LINK_TYPES) {
            Hostile.readEverything(Packet.decode(linkType, Slice.of(bytes)));
        }
    }

    @FuzzTest
    void anyBytes_areADhcpMessageOrMalformed(byte[] bytes) {
        try {
            Dhcpv4.View view = Dhcpv4.decode(Slice.of(bytes));
            Hostile.readEverything(new Packet(List.of(view), view.payload(), List.of()));
            Dhcpv4Options options = view.options();
            assertThat(options.domainSearch()).hasSizeLessThanOrEqualTo(128);
            assertThat(options.classlessRoutes().orElse(List.of())).doesNotContainNull();
            for (int code = 1; code < 255; code++) {
                options.text(code);
                options.addresses(code);
                options.u16(code);
                options.u32(code);
            }
        } catch (MalformedPacketException e) {
            assertThat(e.malformation().protocol()).startsWith("DHCP");
        }
    }

    @FuzzTest
    void anyBytes_areADhcpv6MessageOrMalformed(byte[] bytes) {
        try {
            Dhcpv6.View view = Dhcpv6.decode(Slice.of(bytes));
            Hostile.readEverything(new Packet(List.of(view), view.payload(), List.of()));
            Dhcpv6Options options = view.value().options();
            assertThat(options.domainSearch()).hasSizeLessThanOrEqualTo(128);
            assertThat(options.status().message()).isNotNull();
            for (Dhcpv6Association association : options.associations()) {
                assertThat(association.lent()).allMatch(lent -> lent.lengthBits() <= 128);
                assertThat(Dhcpv6Options.of(association.option()).associations())
                        .containsExactly(association);
            }
            options.all().forEach(option -> options.addresses(option.code()));
        } catch (MalformedPacketException e) {
            assertThat(e.malformation().protocol()).startsWith("DHCPv6");
        }
    }

    @FuzzTest
    void anyBytes_areAnIpv6MessageOrMalformed(byte[] bytes) {
        try {
            Icmpv6.View view = Icmpv6.decode(Slice.of(bytes));
            Hostile.readEverything(new Packet(List.of(view), view.payload(), List.of()));
        } catch (MalformedPacketException e) {
            // What decoders say of bytes that are too few.
        }
    }
}
