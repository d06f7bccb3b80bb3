package dev.weft.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.fixture.AttributeRoundTrip;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.KernelHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RouteAttributesTest {
    private static final InetAddress MAPPED = IpPrefix.addressOf(mapped());

    private static byte[] mapped() {
        return new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
    }

    static Stream<AttributeTable> tables() {
        return Stream.of(
                AddressAttributes.TABLE,
                RouteAttributes.TABLE,
                RouteMetrics.TABLE,
                IpEncapsulation.TABLE,
                Ip6Encapsulation.TABLE,
                MplsEncapsulation.TABLE,
                NextHopAttributes.TABLE,
                ResilientGroupAttributes.TABLE,
                RuleAttributes.TABLE,
                NeighbourAttributes.TABLE,
                ForwardingExtensionAttributes.TABLE);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("tables")
    void everyAttribute_encodedAndDecoded_isTheSame(AttributeTable table) {
        AttributeRoundTrip.check(table);
    }

    @Test
    void everyNumber_isTheOneOfTheKernelsHeaders() throws IOException {
        KernelHeaders.check(
                tables(),
                90,
                "if_addr.h",
                "rtnetlink.h",
                "lwtunnel.h",
                "mpls_iptunnel.h",
                "nexthop.h",
                "fib_rules.h",
                "neighbour.h");
    }

    @Test
    void address_thatMapsAnIpv4One_staysIpv6() {
        Attributes attributes =
                Attributes.build(
                        RouteAttributes.TABLE,
                        writer -> writer.put(RouteAttributes.DESTINATION, MAPPED));
        InetAddress again = attributes.find(RouteAttributes.DESTINATION).orElseThrow();
        assertThat(again).isEqualTo(MAPPED);
        assertThat(IpFamily.of(again)).isEqualTo(IpFamily.IPV6);
        assertThat(RouteRequest.to(new IpPrefix(MAPPED, 128)).toMake().family())
                .isEqualTo(IpFamily.IPV6.number());
    }

    @Test
    void nextHops_withEncapsulation_areKept() {
        RouteNextHop packed =
                new RouteNextHop(
                        7,
                        256,
                        RouteFlag.ON_LINK.bit(),
                        Attributes.build(
                                RouteAttributes.TABLE,
                                writer ->
                                        writer.put(
                                                        RouteAttributes.ENCAPSULATION_TYPE,
                                                        Encapsulation.MPLS.number())
                                                .nest(
                                                        RouteAttributes.ENCAPSULATION,
                                                        mpls ->
                                                                mpls.put(
                                                                        MplsEncapsulation
                                                                                .TIME_TO_LIVE,
                                                                        9))));
        RouteRequest request =
                RouteRequest.to(IpFamily.IPV4.everything())
                        .nextHops(List.of(RouteNextHop.link(1), packed));
        assertThat(request.attributes().find(RouteAttributes.NEXT_HOPS))
                .hasValue(List.of(RouteNextHop.link(1), packed));
    }

    @Test
    void requests_outOfRange_areRefusedWithTheReason() {
        assertThatThrownBy(() -> RouteRequest.to(IpPrefix.parse("10.0.0.1/8")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("10.0.0.0/8");
        assertThatThrownBy(() -> RouteNextHop.link(1).weight(257))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new NextHopMember(1, 0))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> AddressLifetimes.of(20, 10))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> NumberRange.of(2, 1)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() ->
                        RuleRequest.table(IpFamily.IPV6, 1).from(IpPrefix.parse("10.0.0.0/8")))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() ->
                        RuleRequest.table(IpFamily.IPV4, 1)
                                .set(RuleAttributes.SOURCE_PORTS, new NumberRange(1, 65_536)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("FRA_SPORT_RANGE");
    }
}
