package dev.weft.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.Slice;
import java.net.Inet4Address;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The bytes are those that iproute2 6.1 sends for the same thing, as `strace -xx` shows them on a
/// little-endian machine.
final class LinkRequestTest {
    @ParameterizedTest
    @MethodSource("kinds")
    void kindsData_encoded_isWhatIproute2Sends(
            LinkKind kind, Consumer<AttributeWriter> data, String hex) {
        LinkRequest request = LinkRequest.of(kind, "x0", data);
        Attributes info = request.attributes().find(LinkAttributes.INFO).orElseThrow();
        assertThat(info.find(LinkInfoAttributes.KIND)).hasValue(kind.kernelName());
        assertThat(info.find(LinkInfoAttributes.DATA).orElseThrow())
                .hasToString(hex.replace(" ", ""));
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                // ip link add br0 type bridge vlan_filtering 1 priority 7
                kind(
                        LinkKind.BRIDGE,
                        data ->
                                data.put(BridgeAttributes.VLAN_FILTERING, true)
                                        .put(BridgeAttributes.PRIORITY, 7),
                        "0500 0700 01000000  0600 0600 07000000"),
                // ip link add name v0 type veth peer name v1
                kind(
                        LinkKind.VETH,
                        data -> data.put(VethAttributes.PEER, LinkRequest.named("v1")),
                        "1c00 0100 00000000000000000000000000000000  0700 0300 76310000"),
                // ip link add vx0 type vxlan id 42 remote 192.0.2.1 dstport 4789 ttl 9
                kind(
                        LinkKind.VXLAN,
                        data ->
                                data.put(VxlanAttributes.TTL, 9)
                                        .put(VxlanAttributes.ID, 42)
                                        .put(
                                                VxlanAttributes.GROUP,
                                                Inet4Address.ofLiteral("192.0.2.1"))
                                        .put(VxlanAttributes.LEARNING, true)
                                        .put(VxlanAttributes.PORT, 4789),
                        "0500 0500 09000000  0800 0100 2a000000  0800 0200 c0000201"
                                + "  0500 0700 01000000  0600 0f00 12b50000"),
                // ip link add link lo name v5 type vlan id 5 egress-qos-map 1:3; iproute2 leaves
                // out
                // the flag of the nest, 0x8000.
                kind(
                        LinkKind.VLAN,
                        data ->
                                data.put(VlanAttributes.ID, 5)
                                        .put(
                                                VlanAttributes.EGRESS_QOS,
                                                List.of(new QosMapping(1, 3))),
                        "0600 0100 05000000  1000 0380  0c00 0100 01000000 03000000"));
    }

    private static Arguments kind(LinkKind kind, Consumer<AttributeWriter> data, String hex) {
        return Arguments.of(kind, data, hex);
    }

    @Test
    void portData_encoded_isWhatIproute2Sends() {
        LinkRequest request =
                LinkRequest.portOf(
                        LinkKind.BRIDGE, data -> data.put(BridgePortAttributes.ISOLATED, true));

        assertThat(inside(request, LinkInfoAttributes.PORT_DATA).encoded())
                .hasToString("0500210001000000");
    }

    @Test
    void bridgeVlans_encoded_areWhatBridgeSends() {
        // bridge vlan add dev p0 vid 10-12; bridge vlan add dev br0 vid 5 pvid untagged self
        assertThat(BridgeVlans.membership(BridgeVlan.range(10, 12), 0).encoded())
                .hasToString("14001a80" + "0800020008000a00" + "0800020010000c00");
        assertThat(BridgeVlans.membership(BridgeVlan.access(5), 2).encoded())
                .hasToString("14001a80" + "0600000002000000" + "0800020006000500");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "a/b", "a b", "a:b", "a%b", "sixteen-bytes-ab", "ääääääää"})
    void name_thatNoLinkCanHave_isRefused(String name) {
        assertThatThrownBy(() -> LinkRequest.named(name))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("1 to 15 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4095})
    void vlan_outsideItsRange_isRefused(int id) {
        assertThatThrownBy(() -> BridgeVlan.of(id)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new BridgeVlan(1, 2, true, false))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("one VLAN");
    }

    @Test
    void veth_readBack_hasItsPeer() {
        LinkRequest peer =
                LinkRequest.named("eth0")
                        .mtu(1400)
                        .address(HardwareAddress.parse("02:00:0a:0b:0c:0d"));
        LinkRequest veth = LinkRequest.veth("web0", peer);

        assertThat(inside(veth, LinkInfoAttributes.DATA).find(VethAttributes.PEER)).hasValue(peer);
        assertThat(veth).hasToString("veth web0");
    }

    @Test
    void link_ofUnknownKind_keepsItsDataAsBytes() {
        Slice data = Slice.of(new byte[] {8, 0, 1, 0, 1, 2, 3, 4});
        Attributes info =
                Attributes.build(
                        LinkInfoAttributes.TABLE,
                        writer ->
                                writer.put(LinkInfoAttributes.KIND, "frob")
                                        .put(LinkInfoAttributes.DATA, data));
        ByteWriter bytes = new ByteWriter().zeros(LinkHeader.BYTES);
        bytes.slice(LinkRequest.named("f0").set(LinkAttributes.INFO, info).attributes().encoded());
        Link link = Link.decode(new NetlinkMessage(16, 0, 0, 0, bytes.toSlice()));

        assertThat(link.kindName()).hasValue("frob");
        assertThat(link.kind()).isEmpty();
        assertThat(
                        link.attributes()
                                .find(LinkAttributes.INFO)
                                .flatMap(it -> it.find(LinkInfoAttributes.DATA)))
                .hasValue(data);
        assertThat(link).asString().contains("IFLA_INFO_DATA=0800010001020304");
    }

    @Test
    void mode_withoutName_isKeptAsItsNumber() {
        Attributes data =
                Attributes.build(
                        MacvlanAttributes.TABLE,
                        writer -> writer.put(MacvlanAttributes.MODE, new MacvlanMode(77)));

        assertThat(data.find(MacvlanAttributes.MODE)).hasValue(new MacvlanMode(77));
        assertThat(data).hasToString("{IFLA_MACVLAN_MODE=77}");
        assertThat(MacvlanMode.BRIDGE).hasToString("bridge");
    }

    private static Attributes inside(LinkRequest request, Attribute<?> nest) {
        return request.attributes()
                .find(LinkAttributes.INFO)
                .flatMap(info -> info.nested(nest))
                .orElseThrow();
    }
}
