package dev.weft.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultInterface;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.BridgeAttributes;
import dev.weft.linux.link.BridgeVlan;
import dev.weft.linux.link.BridgeVlans;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NamespaceSockets;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.Addresses;
import dev.weft.plugins.site.Steps;
import dev.weft.testkit.KernelFeature;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Containers in the VLANs of a bridge.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class VlanKernelIT {
    private static final int PORT = 4000;
    private static final int LIMIT_MILLIS = 10_000;

    @TempDir private Path directory;
    private Node node;

    @BeforeEach
    void open() throws IOException {
        node = Node.open(directory);
        KernelFeature.assume("bridge VLAN filtering", node.links(node.host(), this::filtersVlans));
    }

    private boolean filtersVlans(Links links) {
        try {
            Link bridge =
                    links.create(
                            LinkRequest.of(
                                    LinkKind.BRIDGE,
                                    "probe",
                                    data -> data.put(BridgeAttributes.VLAN_FILTERING, true)));
            links.delete(bridge.index());
            return bridge.data(BridgeAttributes.VLAN_FILTERING).orElse(false);
        } catch (KernelException refused) {
            return false;
        }
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static String network(String keys, String address) {
        return "{\"cniVersion\": \"1.1.0\", \"name\": \"net\", \"bridge\": \"br0\", "
                + keys
                + ", \"ipam\": {\"type\": \"fixed\", \"addresses\": [{\"address\": \""
                + address
                + "/24\"}]}}";
    }

    private Request request(String keys, String address, String id, NetworkNamespace container) {
        return node.request(Command.ADD, network(keys, address), id, container);
    }

    /// One more container.
    private Request request(String keys, String address, String id) {
        return request(keys, address, id, node.container());
    }

    private Result add(Request request) {
        return node.bridge().add(request);
    }

    private void check(Request request, Result result) {
        node.bridge().check(node.with(request, Command.CHECK, result));
    }

    private void delete(Request request) {
        node.bridge().delete(request.withCommand(Command.DEL));
    }

    private Link port(Result result) {
        return node.link(node.host(), result.interfaces().get(1).name()).orElseThrow();
    }

    private List<BridgeVlan> vlans(Link port) {
        return node.ask(
                node.host(),
                socket -> new BridgeVlans(socket).list().getOrDefault(port.index(), List.of()));
    }

    private static String ask(NetworkNamespace from, String address) throws IOException {
        try (DatagramChannel client =
                NamespaceSockets.udp(from, new InetSocketAddress("0.0.0.0", 0))) {
            client.socket().setSoTimeout(LIMIT_MILLIS);
            byte[] question = "?".getBytes(UTF_8);
            client.socket()
                    .send(
                            new DatagramPacket(
                                    question,
                                    question.length,
                                    new InetSocketAddress(address, PORT)));
            DatagramPacket answer = new DatagramPacket(new byte[16], 16);
            client.socket().receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), UTF_8);
        }
    }

    /// Two containers have the same address, so whoever asks for it hears the one that it reaches.
    @Test
    void containers_reachEachOtherInTheirVlanOnly() throws IOException {
        NetworkNamespace servesRed = node.container();
        NetworkNamespace servesBlue = node.container();
        NetworkNamespace red = node.container();
        NetworkNamespace blue = node.container();
        add(request("\"vlan\": 100", "10.1.0.2", "c1", servesRed));
        add(request("\"vlan\": 200", "10.1.0.2", "c2", servesBlue));
        add(request("\"vlan\": 100", "10.1.0.3", "c3", red));
        add(request("\"vlan\": 200", "10.1.0.4", "c4", blue));
        try (UdpAnswers _ = UdpAnswers.open(servesRed, PORT, "red");
                UdpAnswers _ = UdpAnswers.open(servesBlue, PORT, "blue")) {
            assertThat(ask(red, "10.1.0.2")).isEqualTo("red");
            assertThat(ask(blue, "10.1.0.2")).isEqualTo("blue");
        }
    }

    @Test
    void port_isAMemberOfItsVlansOnly() {
        Request access = request("\"vlan\": 100", "10.1.0.2", "c1");
        Result result = add(access);
        assertThat(vlans(port(result))).containsExactly(BridgeVlan.access(100));
        check(access, result);

        Request kept = request("\"vlan\": 100, \"preserveDefaultVlan\": true", "10.1.0.3", "c2");
        result = add(kept);
        assertThat(vlans(port(result)))
                .containsExactly(new BridgeVlan(1, 1, false, true), BridgeVlan.access(100));
        check(kept, result);

        String ids = "\"vlanTrunk\": [{\"id\": 7}, {\"minID\": 200, \"maxID\": 300}]";
        Request trunk = request(ids, "10.1.0.4", "c3");
        result = add(trunk);
        assertThat(vlans(port(result)))
                .containsExactly(
                        BridgeVlan.access(1), BridgeVlan.of(7), BridgeVlan.range(200, 300));
        check(trunk, result);

        Request both = request("\"vlan\": 250, " + ids, "10.1.0.5", "c4");
        result = add(both);
        assertThat(vlans(port(result)))
                .containsExactly(
                        BridgeVlan.of(7),
                        BridgeVlan.range(200, 249),
                        BridgeVlan.access(250),
                        BridgeVlan.range(251, 300));
        check(both, result);
    }

    @Test
    void gateway_isMadeOnce_andGoesWithItsLastUser() throws IOException {
        String keys = "\"vlan\": 100, \"isGateway\": true, \"isDefaultGateway\": true";
        NetworkNamespace container = node.container();
        Request first = request(keys, "10.1.0.2", "c1", container);
        Result one = add(first);
        assertThat(one.interfaces().stream().map(ResultInterface::name))
                .containsExactly("br0", port(one).name(), "eth0", "br0.100");
        Link gateway = node.link(node.host(), "br0.100").orElseThrow();
        assertThat(addresses(gateway)).containsExactly("10.1.0.1/24");
        assertThat(addresses(node.link(node.host(), "br0").orElseThrow())).isEmpty();
        Request second = request(keys, "10.1.0.3", "c2");
        Result two = add(second);
        assertThat(node.link(node.host(), "br0.100").map(Link::index)).contains(gateway.index());
        try (UdpAnswers _ = UdpAnswers.open(node.host(), PORT, "host")) {
            assertThat(ask(container, "10.1.0.1")).isEqualTo("host");
        }
        check(first, one);
        delete(first);
        check(second, two);
        delete(second);
        assertThat(left()).containsExactlyInAnyOrder("lo", "br0");
    }

    private List<String> addresses(Link link) {
        return node.ask(node.host(), socket -> new Addresses(socket).list(link.index())).stream()
                .map(Address::prefix)
                .filter(prefix -> !prefix.address().isLinkLocalAddress())
                .map(Object::toString)
                .toList();
    }

    private List<String> left() {
        return node.links(node.host(), Links::list).stream().map(Link::name).toList();
    }

    @Test
    void check_noticesARemovedVlan() {
        Request request = request("\"vlan\": 100, \"isGateway\": true", "10.1.0.2", "c1");
        Result result = add(request);
        check(request, result);
        move(port(result), 100, 200);
        assertThatThrownBy(() -> check(request, result))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("is not in its VLANs");
        move(port(result), 200, 100);
        check(request, result);

        int inside = node.link(node.host(), "br0.100").flatMap(Link::lower).orElseThrow();
        Link gatewayPort = node.links(node.host(), links -> links.find(inside)).orElseThrow();
        move(gatewayPort, 100, 200);
        assertThatThrownBy(() -> check(request, result))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("gateways' addresses [10.1.0.1/24]");
    }

    private void move(Link port, int from, int to) {
        node.ask(
                node.host(),
                socket -> {
                    BridgeVlans vlans = new BridgeVlans(socket);
                    vlans.remove(port.index(), BridgeVlan.of(from));
                    vlans.add(port.index(), BridgeVlan.access(to));
                    return port;
                });
    }

    @Test
    void collection_removesTheGatewayOfNobody() throws IOException {
        String red = "\"vlan\": 100, \"isGateway\": true";
        String blue = "\"vlan\": 200, \"isGateway\": true";
        add(request(red, "10.1.0.2", "c1"));
        Request kept = request(blue, "10.2.0.2", "c2");
        Result result = add(kept);
        node.collect(node.bridge(), network(red, "10.1.0.2"), "c2");
        assertThat(left()).contains("br0.200").doesNotContain("br0.100");
        check(kept, result);
        assertThat(node.leasesLeft()).containsExactly("c2:eth0");
    }

    @Test
    void deleteWithoutRecord_removesTheGateway() {
        Request request = request("\"vlan\": 100, \"isGateway\": true", "10.1.0.2", "c1");
        add(request);
        node.site().records().remove("net", request.attachment(), "bridge");
        delete(request);
        assertThat(left()).containsExactlyInAnyOrder("lo", "br0");
    }

    @ParameterizedTest
    @EnumSource
    void deleteThatComesLate_leavesNoGateway(LateDelete late) throws IOException {
        Path own = directory.resolve("late");
        try (LateContainer container = new LateContainer(own, PluginRow.VLAN)) {
            assertThat(container.attach()).contains("br0.100");
            container.detach(late);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"join VLANs", "obtain VLAN gateway", "be gateway", "announce"})
    void addThatFails_leavesNoGateway(String step) throws IOException {
        node.restart(name -> {
            if (name.equals(step)) {
                throw new CniException(ErrorCode.INTERNAL, "no " + name);
            }
            return () -> {};
        });
        Request request = request("\"vlan\": 100, \"isGateway\": true", "10.1.0.2", "c1");
        assertThatThrownBy(() -> add(request)).hasMessage("no " + step);
        assertThat(left()).containsExactlyInAnyOrder("lo", "br0");
        assertThat(node.leasesLeft()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"join VLANs", "obtain VLAN gateway", "be gateway", "announce"})
    void addThatIsKilled_isDeletedWithItsGateway(String step) throws IOException {
        node.restart(name ->
                () -> {
                    if (name.equals(step)) {
                        throw new AssertionError("killed after " + name);
                    }
                });
        Request request = request("\"vlan\": 100, \"isGateway\": true", "10.1.0.2", "c1");
        assertThatThrownBy(() -> add(request)).hasMessage("killed after " + step);
        node.restart(Steps.NONE);
        delete(request);
        assertThat(left()).containsExactlyInAnyOrder("lo", "br0");
        assertThat(node.leasesLeft()).isEmpty();
    }
}
