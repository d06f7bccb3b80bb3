package dev.weft.linux.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;
import java.net.Inet4Address;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Requests beside the bytes that iproute2 6.1 sends for the same thing, recorded with `strace -e
/// trace=sendmsg -e write=all`, the message's header cut off. The order of attributes and the flag
/// on nested ones are free.
final class RouteBytesTest {
    private static final int LINK = 3;

    private static IpPrefix prefix(String text) {
        return IpPrefix.parse(text);
    }

    private static java.net.InetAddress address(String text) {
        return IpPrefix.parseAddress(text);
    }

    private static void assertSame(
            Consumer<ByteWriter> header, Attributes attributes, String recorded) {
        ByteWriter writer = new ByteWriter();
        header.accept(writer);
        int headerBytes = writer.length();
        Slice expected = Slice.of(HexFormat.of().parseHex(recorded));
        assertThat(writer.toSlice()).isEqualTo(expected.part(0, headerBytes));
        Attributes theirs = Attributes.decode(attributes.table(), expected.from(headerBytes));
        assertThat(byNumber(attributes)).isEqualTo(byNumber(theirs));
    }

    private static Map<Integer, Slice> byNumber(Attributes attributes) {
        Map<Integer, Slice> all = new TreeMap<>();
        attributes.forEach(all::put);
        return all;
    }

    private static void assertMakes(RouteRequest request, String recorded) {
        assertSame(request.toMake()::encode, request.attributes(), recorded);
    }

    @Test
    void address_withBroadcastAndLabel() {
        AddressRequest request =
                AddressRequest.of(prefix("10.1.0.1/24"))
                        .broadcast()
                        .set(AddressAttributes.LABEL, "va:x");
        assertSame(
                request.header(LINK)::encode,
                request.attributes(),
                "0218000003000000080002000a010001080004000a0100ff0900030076613a7800000000"
                        + "080001000a010001");
    }

    @Test
    void address_withPeer() {
        AddressRequest request = AddressRequest.of(prefix("10.2.0.1")).peer(prefix("10.2.0.2/32"));
        assertSame(
                request.header(LINK)::encode,
                request.attributes(),
                "0220000003000000080002000a020001080001000a020002");
    }

    @Test
    void route_viaGatewayInNumberedTable() {
        assertMakes(
                RouteRequest.to(prefix("10.9.0.0/16"))
                        .via(address("10.0.0.2"))
                        .outputLink(LINK)
                        .table(1000)
                        .metric(7)
                        .protocol(new RouteProtocol(99)),
                "021000000063000100000000080001000a090000080005000a00000208000f00e8030000"
                        + "08000600070000000800040003000000");
    }

    @Test
    void route_overSeveralNextHops() {
        RouteNextHop first = RouteNextHop.via(IpFamily.IPV4, address("10.0.0.2")).weight(3);
        RouteNextHop second = RouteNextHop.via(IpFamily.IPV4, address("10.0.0.3"));
        assertMakes(
                RouteRequest.to(prefix("10.8.0.0/16")).nextHops(List.of(first, second)),
                "02100000fe03000100000000080001000a08000024000900100000020000000008000500"
                        + "0a0000021000000000000000080005000a000003");
    }

    @Test
    void route_toNowhere() {
        assertMakes(
                RouteRequest.to(prefix("10.7.0.0/16")).type(RouteType.BLACKHOLE),
                "02100000fe03000600000000080001000a070000");
    }

    @Test
    void route_viaGatewayOfTheOtherFamily() {
        assertMakes(
                RouteRequest.to(prefix("10.6.0.0/16")).via(address("fe80::1")).outputLink(LINK),
                "02100000fe03000100000000080001000a060000160012000a00fe800000000000000000"
                        + "00000000000100000800040003000000");
    }

    @Test
    void route_withMetrics() {
        assertMakes(
                RouteRequest.to(prefix("10.5.0.0/16"))
                        .outputLink(LINK)
                        .metrics(values ->
                                values.put(RouteMetrics.MTU, 1400L)
                                        .put(RouteMetrics.ADVERTISED_SEGMENT_SIZE, 1360L)
                                        .put(RouteMetrics.LOCK, 4L)),
                "02100000fe03fd0100000000080001000a05000008000400030000001c00080008000200"
                        + "7805000008000800500500000800010004000000");
    }

    @Test
    void route_withEncapsulation() {
        assertMakes(
                RouteRequest.to(prefix("10.4.0.0/16"))
                        .outputLink(LINK)
                        .encapsulate(
                                Encapsulation.IP,
                                values ->
                                        values.put(IpEncapsulation.ID, 7L)
                                                .put(
                                                        IpEncapsulation.DESTINATION,
                                                        (Inet4Address) address("10.0.0.9"))),
                "02100000fe03fd0100000000080001000a040000180016800c0001000000000000000007"
                        + "080002000a00000906001500020001000800040003000000");
    }

    @Test
    void route_toDelete_leavesOpenWhatWasNotNamed() {
        RouteRequest request = RouteRequest.to(prefix("10.9.0.0/16")).table(1000);
        assertSame(
                request.toDelete()::encode,
                request.attributes(),
                "021000000000ff0000000000080001000a09000008000f00e8030000");
    }

    @Test
    void rule_thatSelectsByMuch() {
        RuleRequest request =
                RuleRequest.table(IpFamily.IPV4, 1000)
                        .from(prefix("10.1.0.0/16"))
                        .mark(0x10, 0xff)
                        .comingInBy("va")
                        .priority(50)
                        .set(RuleAttributes.SOURCE_PORTS, NumberRange.of(10, 20));
        assertSame(
                request.header()::encode,
                request.attributes(),
                "020010000000000100000000080002000a01000008000a001000000008001000ff000000"
                        + "070003007661000008000f00e80300000800060032000000080017000a001400");
    }

    @Test
    void neighbour_setByHand() {
        NeighbourRequest request =
                NeighbourRequest.permanent(
                        address("10.0.0.7"), HardwareAddress.parse("02:00:00:00:00:07"));
        assertSame(
                request.header(LINK)::encode,
                request.attributes(),
                "020000000300000080000000080001000a0000070a0002000200000000070000");
    }

    @Test
    void nextHop_viaGateway() {
        NextHopRequest request = NextHopRequest.via(address("10.0.0.2"), LINK).id(5);
        assertSame(
                request::header,
                request.attributes(),
                "02000000000000000800010005000000080006000a0000020800050003000000");
    }

    @Test
    void nextHop_asGroup() {
        NextHopRequest request = NextHopRequest.group(List.of(new NextHopMember(5, 3))).id(6);
        assertSame(
                request::header,
                request.attributes(),
                "000000000000000008000100060000000c0002000500000002000000");
    }

    @Test
    void lookup_withSourceAndMark() {
        Slice sent =
                RouteLookup.to(address("10.9.1.1"))
                        .from(address("10.0.0.1"))
                        .mark(5)
                        .message(26)
                        .attributes()
                        .encoded();
        assertThat(sent).hasToString("080001000a090101" + "080002000a000001" + "0800100005000000");
    }
}
