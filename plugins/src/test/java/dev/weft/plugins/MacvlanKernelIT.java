package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.Command;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkAttributes;
import dev.weft.linux.link.MacvlanAttributes;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.AddressFlag;
import dev.weft.linux.route.Addresses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What only `macvlan` has.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class MacvlanKernelIT {
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

    private Request request(String version, String keys, String arguments) {
        String json = "{'cniVersion': '" + version + "', 'name': 'net', " + keys + "}";
        return node.request(
                Command.ADD,
                json.replace('\'', '"'),
                "c1",
                Optional.of(container.path().toString()),
                arguments);
    }

    private Request request(String keys) {
        return request("1.1.0", "'master': 'up0', " + keys, "");
    }

    private Link inside() {
        return node.link(container, "eth0").orElseThrow();
    }

    private String left() {
        return NodeState.of(node.state()) + NodeState.of(node.leases());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "private", "vepa", "passthru"})
    void mode_isTheKernels(String mode) {
        Request request = request("'mode': '" + mode + "', 'bcqueuelen': 3000, " + FIXED);
        Result result = node.macvlan().add(request);
        Link made = inside();
        assertThat(made.data(MacvlanAttributes.MODE)).map(Object::toString).hasValue(mode);
        assertThat(made.data(MacvlanAttributes.BROADCAST_QUEUE)).hasValue(3000L);
        node.macvlan().check(node.with(request, Command.CHECK, result));
        Request other = request("'mode': '" + (mode.equals("vepa") ? "bridge" : "vepa") + "'");
        assertThatThrownBy(() -> node.macvlan().check(node.with(other, Command.CHECK, result)))
                .hasMessageContaining("does not match");
    }

    @Test
    void passthru_hasTheMastersAddress_andGivesItBack() {
        Optional<HardwareAddress> own = node.uplink().address();
        Request request = request("'mode': 'passthru', " + FIXED);
        Result result = node.macvlan().add(request);
        assertThat(inside().address()).isEqualTo(own);
        assertThat(result.interfaces().getFirst().mac()).isEqualTo(own.map(Object::toString));
        assertThat(promiscuity()).isPositive();
        node.macvlan().delete(request.withCommand(Command.DEL));
        assertThat(promiscuity()).isZero();

        Request named = request("'mode': 'passthru', 'mac': '02:00:00:00:00:09', " + FIXED);
        Result second = node.macvlan().add(named);
        assertThat(inside().address()).map(Object::toString).hasValue("02:00:00:00:00:09");
        assertThat(node.uplink().address()).isEqualTo(inside().address());
        node.macvlan().check(node.with(named, Command.CHECK, second));
        node.macvlan().delete(named.withCommand(Command.DEL));
        assertThat(node.uplink().address()).isEqualTo(own);
    }

    private long promiscuity() {
        return node.uplink().attributes().find(LinkAttributes.PROMISCUITY).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    'mac': '02:00:00:00:00:01'                                          |                       | 02:00:00:00:00:01
                    'mac': '02:00:00:00:00:01'                                          | MAC=02:00:00:00:00:02 | 02:00:00:00:00:02
                    'mac': '02:00:00:00:00:01', 'runtimeConfig': {'mac': '02:00:00:00:00:03'} | MAC=02:00:00:00:00:02 | 02:00:00:00:00:03
                    'runtimeConfig': {'mac': ''}, 'mac': ''                             | MAC=02:00:00:00:00:02 | 02:00:00:00:00:02
                    """,
            quoteCharacter = '"')
    void hardwareAddress_isTheOneThatCounts(String keys, String arguments, String expected) {
        Request request =
                request(
                        "1.1.0",
                        "'master': 'up0', " + keys + ", " + FIXED,
                        Optional.ofNullable(arguments).orElse(""));
        Result result = node.macvlan().add(request);
        assertThat(inside().address()).map(Object::toString).hasValue(expected);
        assertThat(result.interfaces().getFirst().mac()).hasValue(expected);
        node.macvlan().check(node.with(request, Command.CHECK, result));
    }

    @Test
    void addressOfASibling_isRefused_andLeavesNothing() {
        String mac = "'mac': '02:00:00:00:00:01', ";
        node.macvlan().add(request(mac + FIXED));
        String before = left();
        container = node.container();
        Request second =
                node.request(
                        Command.ADD,
                        request(mac + FIXED).configuration().json().toString(),
                        "c2",
                        container);
        assertThatThrownBy(() -> node.macvlan().add(second)).hasMessageContaining("EADDRINUSE");
        assertThat(node.link(container, "eth0")).isEmpty();
        assertThat(left()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip addr add 192.0.2.1/24 dev up0; ip route add default via 192.0.2.2 metric 9;"
                        + " ip route add default dev up1 metric 99",
                "ip -6 route add default dev up0",
                "ip route add default nexthop dev up0 nexthop dev up1"
            })
    void masterByDefault_isTheDefaultRoutes(String routes) {
        node.uplink();
        NatLab.in(node.host(), routes);
        Request request = request("1.1.0", FIXED, "");
        Result result = node.macvlan().add(request);
        assertThat(inside().lower()).hasValue(node.uplink().index());
        NatLab.in(node.host(), "ip route flush default; ip -6 route flush default");
        node.macvlan().check(node.with(request, Command.CHECK, result));
        node.macvlan().delete(request.withCommand(Command.DEL));
        assertThat(left()).isEmpty();
        assertThatThrownBy(() -> node.macvlan().add(request))
                .hasMessageContaining("no default route interface found");
        assertThatThrownBy(() -> node.macvlan().status(request.withCommand(Command.STATUS)))
                .hasMessageContaining("no default route interface found");
    }

    @Test
    void layerTwo_isUpWithoutAddresses() {
        Request request = request("'mode': 'private'");
        Result result = node.macvlan().add(request);
        assertThat(result.addresses()).isEmpty();
        assertThat(inside().isUp()).isTrue();
        node.macvlan().check(node.with(request, Command.CHECK, result));
        node.macvlan().status(request.withCommand(Command.STATUS));
        node.macvlan().delete(request.withCommand(Command.DEL));
        assertThat(left()).isEmpty();
        assertThatThrownBy(() -> node.macvlan().add(request("0.2.0", "'master': 'up0'", "")))
                .hasMessageContaining("cannot convert: no valid IP addresses");
    }

    /// Nobody can say yet whether somebody has the address.
    @Test
    void masterThatIsDown_isNotWaitedFor() {
        node.uplink();
        NatLab.in(node.host(), "ip link set up0 down");
        node.macvlan().add(request(FIXED.replace("10.1.0.2/24", "fd00:1::2/64")));
        assertThat(own("fd00:1::2/64").has(AddressFlag.TENTATIVE)).isTrue();
    }

    private Address own(String prefix) {
        List<Address> all =
                node.ask(container, socket -> new Addresses(socket).list(inside().index()));
        return all.stream()
                .filter(address -> address.prefix().toString().equals(prefix))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void interfaceOfAnotherKind_isLeftAlone() {
        NatLab.in(container, "ip link add eth0 type veth peer name other");
        assertThatThrownBy(() -> node.macvlan().add(request(FIXED)))
                .hasMessage("container interface \"eth0\" already exists");
        node.macvlan().delete(request(FIXED).withCommand(Command.DEL));
        assertThat(inside().kindName()).hasValue("veth");
        assertThat(left()).isEmpty();
    }

    @Test
    void containers_reachEachOtherAndTheWireOutside() throws IOException {
        Wire wire = Wire.of(node, "ip addr add 10.1.0.1/24 dev up1");
        node.macvlan().add(request(FIXED));
        NetworkNamespace second = node.container();
        node.macvlan()
                .add(
                        node.request(
                                Command.ADD,
                                request(FIXED.replace("10.1.0.2", "10.1.0.3"))
                                        .configuration()
                                        .json()
                                        .toString(),
                                "c2",
                                second));
        try (UdpAnswers _ = Wire.answering(wire.namespace(), "outside");
                UdpAnswers _ = Wire.answering(second, "sibling")) {
            assertThat(Wire.ask(container, "10.1.0.1")).isEqualTo("outside");
            assertThat(Wire.ask(container, "10.1.0.3")).isEqualTo("sibling");
        }
    }

    @Test
    void ipv6Address_isUsableWhenAddReturns_andOneThatSomebodyHasIsRefused() {
        Wire.of(node, "ip addr add fd00:1::3/64 dev up1 nodad");
        String keys = "'ipam': {'type': 'fixed', 'addresses': [{'address': 'fd00:1::2/64'}]}";
        Request request = request(keys);
        node.macvlan().add(request);
        assertThat(own("fd00:1::2/64").has(AddressFlag.TENTATIVE)).isFalse();
        node.macvlan().delete(request.withCommand(Command.DEL));
        assertThatThrownBy(() -> node.macvlan().add(request(keys.replace("::2", "::3"))))
                .hasMessageContaining("duplicate address detection");
        assertThat(left()).isEmpty();
        assertThat(node.link(container, "eth0")).isEmpty();
    }
}
