package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.Command;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultInterface;
import dev.weft.linux.link.IpvlanAttributes;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.VlanAttributes;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.KernelFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What only `vlan` and `ipvlan` have.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class StackedVlanKernelIT {
    private static final String FIXED =
            "'ipam': {'type': 'fixed', 'addresses': [{'address': '10.1.0.2/24'}]}";

    @TempDir private Path directory;
    private Node node;
    private NetworkNamespace container;

    @BeforeEach
    void open() throws IOException {
        node = Node.open(directory);
        container = node.container();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Request request(String id, String keys) {
        String json = "{'cniVersion': '1.1.0', 'name': 'net', " + keys + "}";
        return node.request(Command.ADD, json.replace('\'', '"'), id, container);
    }

    private Optional<Link> inside() {
        return node.link(container, "eth0");
    }

    private String left() {
        return NodeState.of(node.state()) + NodeState.of(node.leases());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4094})
    void vlan_isTagged(int id) throws IOException {
        KernelFeature.assumeLinkKind("vlan");
        Wire wire =
                Wire.of(
                        node,
                        "ip link add link up1 name tagged type vlan id "
                                + id
                                + "; ip link set tagged up; ip addr add 10.1.0.1/24 dev tagged");
        Request request = request("c1", "'master': 'up0', 'vlanId': " + id + ", " + FIXED);
        Result result = node.vlan().add(request);
        assertThat(inside().flatMap(link -> link.data(VlanAttributes.ID))).hasValue(id);
        try (UdpAnswers _ = Wire.answering(wire.namespace(), "tagged")) {
            assertThat(Wire.ask(container, "10.1.0.1")).isEqualTo("tagged");
        }
        Request other = request("c1", "'master': 'up0', 'vlanId': 5, " + FIXED);
        assertThatThrownBy(() -> node.vlan().check(node.with(other, Command.CHECK, result)))
                .hasMessageContaining("does not match the configured one, 5");
    }

    /// A link has one VLAN link of each number.
    @Test
    void vlanThatTheMasterHas_isRefused_andLeavesNothing() {
        KernelFeature.assumeLinkKind("vlan");
        Request first = request("c1", "'master': 'up0', 'vlanId': 7, " + FIXED);
        node.vlan().add(first);
        String before = left();
        container = node.container();
        Request second = request("c2", "'master': 'up0', 'vlanId': 7, " + FIXED);
        assertThatThrownBy(() -> node.vlan().add(second))
                .hasMessageContaining("EEXIST")
                .hasMessageContaining("VLAN");
        assertThat(left()).isEqualTo(before);
        assertThat(inside()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"l2", "l3", "l3s"})
    void ipvlan_hasItsMode_andTheMastersAddress(String mode) {
        KernelFeature.assumeLinkKind("ipvlan");
        Request request = request("c1", "'master': 'up0', 'mode': '" + mode + "', " + FIXED);
        Result result = node.ipvlan().add(request);
        Link made = inside().orElseThrow();
        assertThat(made.data(IpvlanAttributes.MODE)).map(Object::toString).hasValue(mode);
        assertThat(made.address()).isEqualTo(node.uplink().address());
        node.ipvlan().check(node.with(request, Command.CHECK, result));
        String another = mode.equals("l2") ? "l3" : "l2";
        Request other = request("c1", "'master': 'up0', 'mode': '" + another + "', " + FIXED);
        assertThatThrownBy(() -> node.ipvlan().check(node.with(other, Command.CHECK, result)))
                .hasMessageContaining("does not match");
    }

    @Test
    void ipvlans_reachEachOtherAndTheWireOutside() throws IOException {
        KernelFeature.assumeLinkKind("ipvlan");
        Wire wire = Wire.of(node, "ip addr add 10.1.0.1/24 dev up1");
        NetworkNamespace first = container;
        node.ipvlan().add(request("c1", "'master': 'up0', " + FIXED));
        container = node.container();
        node.ipvlan().add(request("c2", "'master': 'up0', " + FIXED.replace("0.2", "0.3")));
        try (UdpAnswers _ = Wire.answering(wire.namespace(), "outside");
                UdpAnswers _ = Wire.answering(container, "sibling")) {
            assertThat(Wire.ask(first, "10.1.0.1")).isEqualTo("outside");
            assertThat(Wire.ask(first, "10.1.0.3")).isEqualTo("sibling");
        }
    }

    /// With the interface and the addresses of the plugin before it, and deleted without them.
    @Test
    void ipvlanInAChain_standsOnTheInterfaceBefore() {
        KernelFeature.assumeLinkKind("ipvlan");
        node.uplink();
        String previous =
                "'prevResult': {'cniVersion': '1.1.0', 'interfaces': [{'name': 'up0'}],"
                        + "'ips': [{'address': '10.1.0.9/24', 'interface': 0}]}";
        Request request = request("c1", previous);
        Result result = node.ipvlan().add(request);
        assertThat(inside().flatMap(Link::lower)).hasValue(node.uplink().index());
        assertThat(result.interfaces()).hasSize(1);
        assertThat(result.addresses())
                .extracting(address -> address.address().toString())
                .containsExactly("10.1.0.9/24");
        node.ipvlan().check(node.with(request, Command.CHECK, result));
        Result last = result.plusInterface(ResultInterface.ofHost("another", "02:00:00:00:00:01"));
        node.ipvlan().delete(node.with(request, Command.DEL, last));
        assertThat(inside()).isEmpty();
        assertThat(left()).isEmpty();
    }
}
