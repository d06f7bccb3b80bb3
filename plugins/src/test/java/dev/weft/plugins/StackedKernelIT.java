package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.route.Addresses;
import dev.weft.plugins.FaultMatrix.Removal;
import dev.weft.testkit.KernelFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What all plugins do whose interface stands on another link.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class StackedKernelIT {
    private static final int THREADS = 8;
    private static final int ROUNDS = 2;
    private static final String ADDRESS =
            ", 'ipam': {'type': 'fixed', 'addresses': [{'address': '10.1.0.2/24'}],"
                    + "'routes': [{'dst': '10.77.0.0/16', 'gw': '10.1.0.1'}]}}";

    /// The plugins, each with a configuration of its own keys.
    enum Kind {
        MACVLAN("'mode': 'vepa'"),
        IPVLAN("'mode': 'l3s'"),
        VLAN("'vlanId': 77");

        private final String keys;

        Kind(String keys) {
            this.keys = keys;
        }

        String type() {
            return name().toLowerCase(Locale.ROOT);
        }

        PluginRow row() {
            return switch (this) {
                case MACVLAN -> PluginRow.named("macvlan");
                case IPVLAN -> PluginRow.IPVLAN;
                case VLAN -> PluginRow.STACKED_VLAN;
            };
        }

        void assumePossible() {
            KernelFeature.assumeLinkKind(type());
        }
    }

    @TempDir private Path directory;
    private Node node;
    private NetworkNamespace container;

    @BeforeEach
    void open() throws IOException {
        node = Node.open(directory.resolve("node"));
        container = node.container();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Request request(Kind kind, String version, String more, String id) {
        String json =
                "{'cniVersion': '" + version + "', 'name': 'net', " + kind.keys + more + ADDRESS;
        return node.request(Command.ADD, json.replace('\'', '"'), id, container);
    }

    private Request request(Kind kind, String more) {
        return request(kind, "1.1.0", ", 'master': 'up0'" + more, "c1");
    }

    private Optional<Link> inside() {
        return node.link(container, "eth0");
    }

    private Plugin plugin(Kind kind) {
        return kind.row().plugin().apply(node);
    }

    private void check(Kind kind, Request request, Result result) {
        plugin(kind).check(node.with(request, Command.CHECK, result));
    }

    private String left() {
        return NodeState.of(node.state()) + NodeState.of(node.leases());
    }

    @ParameterizedTest
    @EnumSource
    void add_isCheckedAndDeleted_inEveryVersion(Kind kind) {
        kind.assumePossible();
        for (String version : List.of("0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0")) {
            Request request = request(kind, version, ", 'master': 'up0', 'mtu': 1400", "c1");
            Result result = plugin(kind).add(request);
            Link made = inside().orElseThrow();
            assertThat(made.kindName()).hasValue(kind.type());
            assertThat(made.lower()).hasValue(node.uplink().index());
            assertThat(made.mtu()).isEqualTo(1400);
            assertThat(made.isUp()).isTrue();
            assertThat(result.interfaces())
                    .singleElement()
                    .satisfies(told -> {
                        assertThat(told.name()).isEqualTo("eth0");
                        assertThat(told.sandbox()).hasValue(container.path().toString());
                        assertThat(told.mac()).hasValue(made.address().orElseThrow().toString());
                    });
            assertThat(result.addresses())
                    .allSatisfy(address -> assertThat(address.interfaceIndex()).hasValue(0));
            check(kind, request, result);
            plugin(kind).delete(request.withCommand(Command.DEL));
            assertThat(inside()).isEmpty();
            assertThat(left()).isEmpty();
            plugin(kind).delete(request.withCommand(Command.DEL));
        }
    }

    /// Before Linux 6.15 the kernel looks for the name among the host's links too.
    @ParameterizedTest
    @EnumSource
    void linkOfTheHostWithTheSameName_isNoObstacle(Kind kind) {
        kind.assumePossible();
        node.links(
                node.host(),
                links -> links.create(LinkRequest.veth("eth0", LinkRequest.named("other"))));
        plugin(kind).add(request(kind, ""));
        assertThat(inside()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void secondAdd_isRefused_andTheFirstStays(Kind kind) {
        kind.assumePossible();
        Request request = request(kind, "");
        Result first = plugin(kind).add(request);
        String before = left();
        assertThatThrownBy(() -> plugin(kind).add(request))
                .hasMessage("container interface \"eth0\" already exists");
        check(kind, request, first);
        assertThat(left()).isEqualTo(before);
    }

    /// As a runtime does when ADD fails.
    @ParameterizedTest
    @EnumSource
    void deleteInAnotherNetwork_leavesTheInterface(Kind kind) {
        kind.assumePossible();
        Request request = request(kind, "");
        plugin(kind).add(request);
        JsonObject other = request.configuration().json().deepCopy();
        other.addProperty("name", "other");
        Request late = request.withConfiguration(other);
        assertThatThrownBy(() -> plugin(kind).add(late)).hasMessageContaining("already exists");
        plugin(kind).delete(late.withCommand(Command.DEL));
        assertThat(inside()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void deleteWithoutMaster_succeeds(Kind kind) {
        kind.assumePossible();
        Request request = request(kind, "");
        plugin(kind).add(request);
        int master = node.uplink().index();
        node.links(
                node.host(),
                links -> {
                    links.delete(master);
                    return true;
                });
        assertThat(inside()).isEmpty();
        plugin(kind).delete(request.withCommand(Command.DEL));
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void linkInContainer_standsOnALinkThere(Kind kind) {
        kind.assumePossible();
        NatLab.in(
                container,
                "ip link add in0 type veth peer name in1; ip link set in1 up; ip link set in0 up");
        Request request =
                request(kind, "1.0.0", ", 'master': 'in0', 'linkInContainer': true", "c1");
        Result result = plugin(kind).add(request);
        assertThat(inside().flatMap(Link::lower))
                .isEqualTo(node.link(container, "in0").map(Link::index));
        check(kind, request, result);
        plugin(kind).delete(request.withCommand(Command.DEL));
        assertThat(inside()).isEmpty();
        assertThatThrownBy(
                        () -> plugin(kind).add(request(kind, "1.0.0", ", 'master': 'in0'", "c1")))
                .hasMessage("failed to lookup master \"in0\": Link not found");
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void mtuThatTheMasterLacks_isRefused(Kind kind) {
        kind.assumePossible();
        for (int mtu : new int[] {-1, 1501}) {
            assertThatThrownBy(() -> plugin(kind).add(request(kind, ", 'mtu': " + mtu)))
                    .hasMessage("invalid MTU " + mtu + ", must be [0, master MTU(1500)]");
        }
        assertThat(left()).isEmpty();
        plugin(kind).add(request(kind, ""));
        assertThat(inside().map(Link::mtu)).hasValue(1500);
    }

    @ParameterizedTest
    @EnumSource
    void check_tellsWhatIsDifferent(Kind kind) {
        kind.assumePossible();
        Request request = request(kind, ", 'mtu': 1400");
        Result result = plugin(kind).add(request);
        int index = inside().orElseThrow().index();
        change(index, LinkRequest.empty().mtu(1300));
        assertThatThrownBy(() -> check(kind, request, result)).hasMessageContaining("MTU 1400");
        change(index, LinkRequest.empty().mtu(1400).down());
        assertThatThrownBy(() -> check(kind, request, result)).hasMessageContaining("is down");
        change(index, LinkRequest.empty().up());
        assertThatThrownBy(() -> check(kind, request, result)).hasMessageContaining("Route");
        node.ask(
                container,
                socket -> {
                    new Addresses(socket).delete(index, IpPrefix.parse("10.1.0.2/24"));
                    return true;
                });
        assertThatThrownBy(() -> check(kind, request, result))
                .hasMessageContaining("Failed to match addr 10.1.0.2/24");
        assertThatThrownBy(() -> check(kind, request(kind, ", 'master': 'up1'"), result))
                .hasMessageContaining("does not stand on up1");
    }

    private void change(int index, LinkRequest change) {
        node.links(
                container,
                links -> {
                    links.change(index, change);
                    return true;
                });
    }

    @ParameterizedTest
    @EnumSource
    void collection_removesWhatIsNotKnown(Kind kind) throws IOException {
        kind.assumePossible();
        Request request = request(kind, "");
        plugin(kind).add(request);
        String json = request.configuration().json().toString();
        node.collect(plugin(kind), json, "c1");
        assertThat(inside()).isPresent();
        node.collect(plugin(kind), json, "c2");
        assertThat(inside()).isEmpty();
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void status_tellsWhatIsMissing(Kind kind) {
        kind.assumePossible();
        Request fine = request(kind, "").withCommand(Command.STATUS);
        plugin(kind).status(fine);
        Request lacking =
                request(kind, "1.1.0", ", 'master': 'none0'", "c1").withCommand(Command.STATUS);
        assertThatThrownBy(() -> plugin(kind).status(lacking))
                .isInstanceOfSatisfying(
                        CniException.class, failure -> assertThat(failure.code()).isEqualTo(50))
                .hasMessageContaining("none0");
        node.links(
                node.host(),
                links -> {
                    links.change(node.uplink().index(), LinkRequest.empty().down());
                    return true;
                });
        assertThatThrownBy(() -> plugin(kind).status(fine)).hasMessageContaining("is down");
    }

    static Stream<Arguments> deletes() {
        return Stream.of(Kind.values())
                .flatMap(kind ->
                        Stream.of(LateDelete.values()).map(late -> Arguments.of(kind, late)));
    }

    @ParameterizedTest
    @MethodSource("deletes")
    void deleteThatComesLate_leavesNothing(Kind kind, LateDelete late) throws IOException {
        kind.assumePossible();
        try (LateContainer of = new LateContainer(directory.resolve("late"), kind.row())) {
            assertThat(of.attach()).contains("c78:eth0:" + kind.type());
            of.detach(late);
        }
    }

    @ParameterizedTest
    @EnumSource
    void operationThatDies_isUndone(Kind kind) throws IOException {
        kind.assumePossible();
        matrix(kind, "1").killAdd(Removal.DEL);
        matrix(kind, "2").killAdd(Removal.GC);
        matrix(kind, "3").killRemoval(Removal.DEL, Removal.DEL);
        matrix(kind, "4").killRemoval(Removal.GC, Removal.DEL);
    }

    @ParameterizedTest
    @EnumSource
    void attachmentsAtOnce_leaveNothing(Kind kind) throws Exception {
        kind.assumePossible();
        new Crowd(node, kind.row()).comesAndGoes(THREADS, ROUNDS);
    }

    private FaultMatrix matrix(Kind kind, String number) {
        return new FaultMatrix(directory.resolve(number), kind.row());
    }
}
