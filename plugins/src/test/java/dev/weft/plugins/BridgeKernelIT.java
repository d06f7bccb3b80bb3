package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultFormat;
import dev.weft.firewall.value.Family;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.OperationalState;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.Watch;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.Neighbour;
import dev.weft.linux.route.NeighbourRequest;
import dev.weft.linux.route.NeighbourState;
import dev.weft.linux.route.Neighbours;
import dev.weft.linux.route.RouteFilter;
import dev.weft.linux.route.RouteTable;
import dev.weft.linux.route.Routes;
import dev.weft.plugins.bridge.Bridge;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `bridge` makes, and takes away again.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class BridgeKernelIT {
    private static final String DUAL =
            """
            {"cniVersion": "%s", "name": "net", "type": "bridge", "bridge": "br0",
             "isDefaultGateway": true, "ipMasq": true, %s
             "ipam": {"type": "fixed", "addresses": [
               {"address": "10.1.0.2/24"}, {"address": "fd00:1::2/64"}]}}
            """;

    private static final String V4 = "{\"address\": \"10.1.0.2/24\"}";
    private static final String V6 = "{\"address\": \"fd00:1::2/64\"}";
    private static final Duration TOLD_LIMIT = Duration.ofSeconds(20);

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

    static String dual(String version, String keys) {
        return DUAL.replaceFirst("%s", version).replaceFirst("%s", keys);
    }

    private Request add(String configuration) {
        return node.request(Command.ADD, configuration, "c1", container);
    }

    private List<String> addresses(NetworkNamespace namespace, int index) {
        return node.ask(namespace, socket -> new Addresses(socket).list(index)).stream()
                .map(Address::prefix)
                .filter(prefix -> !prefix.address().isLinkLocalAddress())
                .map(IpPrefix::toString)
                .toList();
    }

    private List<String> routes(NetworkNamespace namespace) {
        return node
                .ask(
                        namespace,
                        socket -> new Routes(socket).list(RouteFilter.all().table(RouteTable.MAIN)))
                .stream()
                .filter(route -> route.gateway().isPresent())
                .map(route ->
                        route.destination() + " via " + IpPrefix.textOf(route.gateway().get()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"})
    void add_isCheckedAndDeleted_inEveryVersion(String version) throws IOException {
        Bridge bridge = node.bridge();
        Request request = add(dual(version, ""));
        Result result = bridge.add(request);

        Link inside = node.link(container, "eth0").orElseThrow();
        Link outside = node.link(node.host(), result.interfaces().get(1).name()).orElseThrow();
        Link master = node.link(node.host(), "br0").orElseThrow();
        assertThat(inside.isUp()).isTrue();
        assertThat(outside.operationalState()).isEqualTo(OperationalState.UP);
        assertThat(outside.master()).contains(master.index());
        assertThat(outside.alias()).contains("weft bridge net c1 eth0");
        assertThat(addresses(container, inside.index()))
                .containsExactly("10.1.0.2/24", "fd00:1::2/64");
        assertThat(routes(container))
                .containsExactlyInAnyOrder("0.0.0.0/0 via 10.1.0.1", "::/0 via fd00:1::1");
        assertThat(addresses(node.host(), master.index()))
                .containsExactlyInAnyOrder("10.1.0.1/24", "fd00:1::1/64");
        assertThat(node.host().sysctls().read("net", "ipv4", "ip_forward")).isEqualTo("1");
        assertThat(node.host().sysctls().read("net", "ipv6", "conf", "all", "forwarding"))
                .isEqualTo("1");

        Result read =
                ResultFormat.decode(ResultFormat.encode(result, request.configuration().version()));
        assertThat(read.addresses()).hasSize(2);
        if (read.interfaces().isEmpty()) {
            bridge.check(
                    node.with(request, Command.CHECK, result)
                            .withConfiguration(
                                    node.with(add(dual("1.1.0", "")), Command.CHECK, result)
                                            .configuration()
                                            .json()));
        } else {
            bridge.check(node.with(request, Command.CHECK, result));
        }
        bridge.delete(request.withCommand(Command.DEL));
        assertThat(node.link(container, "eth0")).isEmpty();
        assertThat(node.link(node.host(), outside.name())).isEmpty();
        assertThat(node.leasesLeft()).isEmpty();
        bridge.delete(request.withCommand(Command.DEL));
    }

    @Test
    void layer2_hasNoAddresses_andIsRefusedBefore030() {
        String configuration =
                "{\"cniVersion\": \"VERSION\", \"name\": \"net\", \"bridge\": \"br2\", \"mtu\": 1400}";
        Request old = add(configuration.replace("VERSION", "0.2.0"));
        assertThatThrownBy(() -> node.bridge().add(old))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("no valid IP addresses");
        assertThat(node.link(node.host(), "br2")).isEmpty();

        Request request = add(configuration.replace("VERSION", "1.0.0"));
        Result result = node.bridge().add(request);
        assertThat(result.addresses()).isEmpty();
        assertThat(node.link(container, "eth0").map(Link::mtu)).contains(1400);
        assertThat(node.link(node.host(), "br2").map(Link::mtu)).contains(1400);
        node.bridge().check(node.with(request, Command.CHECK, result));
        node.bridge().delete(request.withCommand(Command.DEL));
    }

    @Test
    void secondAdd_isRefused_andLeavesTheFirst() throws IOException {
        Request request = add(dual("1.0.0", ""));
        Result result = node.bridge().add(request);
        assertThatThrownBy(() -> node.bridge().add(request))
                .hasMessageContaining("container veth name (\"eth0\") peer provided (\"veth")
                .hasMessageContaining("already exists");
        node.bridge().check(node.with(request, Command.CHECK, result));
        assertThat(node.leasesLeft()).hasSize(1);
    }

    @Test
    void interfaceOfTheContainer_isNotTouched() throws IOException {
        node.links(container, links -> links.create(LinkRequest.of(LinkKind.BRIDGE, "eth0")));
        Request request = add(dual("1.0.0", ""));
        assertThatThrownBy(() -> node.bridge().add(request))
                .hasMessageContaining("container veth name (\"eth0\")");
        node.bridge().delete(request.withCommand(Command.DEL));
        assertThat(node.link(container, "eth0")).isPresent();
        assertThat(node.leasesLeft()).isEmpty();
    }

    @Test
    void foreignLinkOfTheSameName_isLeftAlone() {
        Request request = add(dual("1.0.0", ""));
        String first = node.bridge().add(request).interfaces().get(1).name();
        node.bridge().delete(request.withCommand(Command.DEL));
        node.links(
                node.host(),
                links -> links.create(LinkRequest.of(LinkKind.BRIDGE, first).alias("mine")));

        Result result = node.bridge().add(request);
        String second = result.interfaces().get(1).name();
        assertThat(second).isNotEqualTo(first);
        node.bridge().check(node.with(request, Command.CHECK, result));
        node.bridge().delete(request.withCommand(Command.DEL));
        assertThat(node.link(node.host(), second)).isEmpty();
        assertThat(node.link(node.host(), first)).isPresent();
    }

    @Test
    void deviceThatIsNoBridge_isRefused() {
        node.links(
                node.host(),
                links -> links.create(LinkRequest.veth("br0", LinkRequest.named("other"))));
        assertThatThrownBy(() -> node.bridge().add(add(dual("1.0.0", ""))))
                .hasMessage("\"br0\" already exists but is not a bridge");
    }

    /// The bridge then has the lowest address of a port.
    @Test
    void hardwareAddressOfAForeignBridge_isToldAsItIs_andMayChange() {
        NatLab.in(node.host(), "ip link add br0 type bridge");
        Request first = add("{\"cniVersion\": \"1.0.0\", \"name\": \"net\", \"bridge\": \"br0\"}");
        Result result = node.bridge().add(first);
        Link bridge = node.link(node.host(), "br0").orElseThrow();
        assertThat(result.interfaces().getFirst().mac())
                .isEqualTo(bridge.address().map(Object::toString));
        NatLab.in(
                node.host(),
                "ip link add p0 address 00:00:00:00:00:05 master br0 type veth peer name p1");
        assertThat(node.link(node.host(), "br0").flatMap(Link::address))
                .isNotEqualTo(bridge.address());
        node.bridge().check(node.with(first, Command.CHECK, result));
    }

    @Test
    void otherAddressOfTheBridge_isKeptOrForced() throws IOException {
        Request request = add(dual("1.0.0", ""));
        node.bridge().add(request);
        node.bridge().delete(request.withCommand(Command.DEL));
        Request other = add(dual("1.0.0", "").replace("10.1.0.", "10.2.0."));
        assertThatThrownBy(() -> node.bridge().add(other))
                .hasMessage("\"br0\" already has an IP address different from 10.2.0.1/24");
        assertThat(node.leasesLeft()).isEmpty();
        assertThat(node.link(container, "eth0")).isEmpty();

        Request forced =
                add(dual("1.0.0", "\"forceAddress\": true,").replace("10.1.0.", "10.2.0."));
        node.bridge().add(forced);
        int index = node.link(node.host(), "br0").orElseThrow().index();
        assertThat(addresses(node.host(), index))
                .contains("10.2.0.1/24")
                .doesNotContain("10.1.0.1/24");
    }

    @Test
    void deleteWithoutNamespace_orRecord_findsThePair() throws IOException {
        Request request = add(dual("1.0.0", ""));
        String host = node.bridge().add(request).interfaces().get(1).name();
        node.site().records().remove("net", request.attachment(), "bridge");
        node.bridge()
                .delete(node.request(Command.DEL, dual("1.0.0", ""), "c1", Optional.empty(), ""));
        assertThat(node.link(node.host(), host)).isEmpty();
        assertThat(node.leasesLeft()).isEmpty();
    }

    @Test
    void spoofCheck_comesAndGoesWithItsPorts() {
        String keys = "\"macspoofchk\": true,";
        Request first = add(dual("1.0.0", keys));
        Result one = node.bridge().add(first);
        Request second =
                node.request(
                        Command.ADD,
                        dual("1.0.0", keys).replace("::2/", "::3/").replace("0.2/", "0.3/"),
                        "c2",
                        node.container());
        Result two = node.bridge().add(second);
        node.bridge().check(node.with(first, Command.CHECK, one));
        node.bridge().check(node.with(second, Command.CHECK, two));
        node.bridge().delete(first.withCommand(Command.DEL));
        node.bridge().check(node.with(second, Command.CHECK, two));
        assertThat(bridgeTables()).isEqualTo(1);
        node.bridge().delete(second.withCommand(Command.DEL));
        assertThat(bridgeTables()).isZero();
        assertThat(node.site().nftables().tables()).isEmpty();
    }

    private long bridgeTables() {
        return node.site().nftables().tables().stream()
                .filter(table -> table.family() == Family.BRIDGE)
                .count();
    }

    @Test
    void collection_removesWhatNobodyKnows() throws IOException {
        String configuration = dual("1.1.0", "\"macspoofchk\": true,");
        Request first = add(configuration);
        String one = node.bridge().add(first).interfaces().get(1).name();
        Request second =
                node.request(
                        Command.ADD,
                        configuration.replace("::2/", "::3/").replace("0.2/", "0.3/"),
                        "c2",
                        node.container());
        String two = node.bridge().add(second).interfaces().get(1).name();
        node.collect(node.bridge(), configuration, "c2");
        assertThat(node.link(node.host(), one)).isEmpty();
        assertThat(node.link(node.host(), two)).isPresent();
        assertThat(node.leasesLeft()).containsExactly("c2:eth0");

        node.site().records().remove("net", second.attachment(), "bridge");
        node.collect(node.bridge(), configuration);
        assertThat(node.link(node.host(), two)).isEmpty();
        assertThat(node.leasesLeft()).isEmpty();
    }

    @Test
    void status_saysWhatIsMissing() {
        String configuration = dual("1.1.0", "\"macspoofchk\": true,");
        node.bridge().status(node.request(Command.STATUS, configuration, "", Optional.empty(), ""));
        assertThat(node.link(node.host(), "br0")).isEmpty();
        node.links(
                node.host(),
                links -> links.create(LinkRequest.veth("br0", LinkRequest.named("other"))));
        assertThatThrownBy(() ->
                        node.bridge()
                                .status(
                                        node.request(
                                                Command.STATUS,
                                                configuration,
                                                "",
                                                Optional.empty(),
                                                "")))
                .isInstanceOfSatisfying(
                        CniException.class, failed -> assertThat(failed.code()).isEqualTo(50));
    }

    private static String known(String addresses, String keys) {
        return """
        {"cniVersion": "1.1.0", "name": "net", "type": "bridge", "bridge": "br0",
         "isGateway": true, %s
         "ipam": {"type": "static", "addresses": [%s]}}
        """
                .replaceFirst("%s", keys)
                .replaceFirst("%s", addresses);
    }

    private HardwareAddress added(String configuration) {
        node.bridge().add(add(configuration));
        return node.link(container, "eth0").orElseThrow().address().orElseThrow();
    }

    @Test
    void onlyAddress_hasAHardwareAddressOfItsOwn() {
        assertThat(added(known(V4, ""))).isEqualTo(HardwareAddress.parse("0a:58:0a:01:00:02"));
    }

    @ParameterizedTest
    @ValueSource(strings = {V6, V4 + "," + V6})
    void otherAddresses_haveARandomHardwareAddress(String addresses) {
        String configuration = known(addresses, "");
        HardwareAddress one = added(configuration);
        node.bridge().delete(add(configuration).withCommand(Command.DEL));
        assertThat(added(configuration)).isNotEqualTo(one);
    }

    /// Whatever hardware address the container gets: one that is derived, or one that was asked
    /// for.
    @ParameterizedTest
    @ValueSource(strings = {"", "\"runtimeConfig\": {\"mac\": \"02:00:00:00:00:07\"},"})
    void hostThatRemembersAnother_isTold(String keys) {
        InetAddress address = IpPrefix.parseAddress("10.1.0.2");
        node.bridge()
                .add(
                        node.request(
                                Command.ADD,
                                known("{\"address\": \"10.1.0.3/24\"}", ""),
                                "c0",
                                node.container()));
        int bridge = node.link(node.host(), "br0").orElseThrow().index();
        NeighbourRequest wrong =
                NeighbourRequest.of(address)
                        .hardwareAddress(HardwareAddress.parse("02:00:00:00:00:01"))
                        .states(Set.of(NeighbourState.REACHABLE));
        node.ask(
                node.host(),
                socket -> {
                    new Neighbours(socket).replace(bridge, wrong);
                    return bridge;
                });
        try (Watch<?, Neighbour> watch = Neighbours.watch(node.host())) {
            HardwareAddress right = added(known(V4, keys));
            long end = System.nanoTime() + TOLD_LIMIT.toNanos();
            while (watch.rows().stream()
                    .noneMatch(each ->
                            each.address().equals(address)
                                    && each.hardwareAddress().equals(Optional.of(right)))) {
                assertThat(System.nanoTime()).as("not told").isLessThan(end);
                watch.next(TOLD_LIMIT);
            }
        }
    }
}
