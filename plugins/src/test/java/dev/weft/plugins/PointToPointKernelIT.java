package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.Route;
import dev.weft.linux.route.RouteFilter;
import dev.weft.linux.route.RouteTable;
import dev.weft.linux.route.Routes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `ptp` makes, and takes away again.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class PointToPointKernelIT {
    private static final String DUAL =
            """
            {"cniVersion": "VERSION", "name": "net", "type": "ptp", "ipMasq": true,
             "ipam": {"type": "fixed", "addresses": [
               {"address": "10.1.0.2/24", "gateway": "10.1.0.1"},
               {"address": "fd00:1::2/64", "gateway": "fd00:1::1"}],
              "routes": [{"dst": "0.0.0.0/0", "mtu": 1300}]}}
            """;

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

    private Request add(String configuration) {
        return node.request(Command.ADD, configuration, "c1", container);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"})
    void add_isCheckedAndDeleted_inEveryVersion(String version) throws IOException {
        Request request = add(DUAL.replace("VERSION", version));
        Result result = node.ptp().add(request);
        Link host = node.link(node.host(), result.interfaces().getFirst().name()).orElseThrow();
        List<Address> addresses =
                node.ask(node.host(), socket -> new Addresses(socket).list(host.index()));
        assertThat(addresses)
                .extracting(address -> address.prefix().toString())
                .contains("10.1.0.1/32", "fd00:1::1/128");
        List<Route> routes =
                node.ask(
                        container,
                        socket ->
                                new Routes(socket).list(RouteFilter.all().table(RouteTable.MAIN)));
        assertThat(routes)
                .extracting(route ->
                        route.destination()
                                + route.gateway()
                                        .map(router -> " via " + IpPrefix.textOf(router))
                                        .orElse(""))
                .contains(
                        "10.1.0.1/32",
                        "10.1.0.0/24 via 10.1.0.1",
                        "0.0.0.0/0 via 10.1.0.1",
                        "fd00:1::/64 via fd00:1::1");
        node.ptp().check(node.with(request, Command.CHECK, result));
        node.ptp().delete(request.withCommand(Command.DEL));
        assertThat(node.link(node.host(), host.name())).isEmpty();
        assertThat(node.leasesLeft()).isEmpty();
        assertThat(node.site().nftables().tables()).isEmpty();
        node.ptp().delete(request.withCommand(Command.DEL));
    }

    @Test
    void missingGateway_isToldAndReleasesTheAddress() throws IOException {
        Request request =
                add(DUAL.replace("VERSION", "1.0.0").replace(", \"gateway\": \"fd00:1::1\"", ""));
        assertThatThrownBy(() -> node.ptp().add(request))
                .hasMessageContaining("ptp needs a gateway for fd00:1::2/64");
        assertThat(node.leasesLeft()).isEmpty();
    }

    @Test
    void hostSide_isChecked() {
        Request request = add(DUAL.replace("VERSION", "1.0.0"));
        Result result = node.ptp().add(request);
        Link host = node.link(node.host(), result.interfaces().getFirst().name()).orElseThrow();
        node.ask(
                node.host(),
                socket -> {
                    new Addresses(socket).delete(host.index(), IpPrefix.parse("10.1.0.1/32"));
                    return true;
                });
        assertThatThrownBy(() -> node.ptp().check(node.with(request, Command.CHECK, result)))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("gateways' addresses [10.1.0.1/32]");
    }

    @Test
    void withoutIpam_isRefused() {
        assertThatThrownBy(() -> node.ptp().add(add("{\"cniVersion\":\"1.0.0\",\"name\":\"net\"}")))
                .hasMessageContaining("no plugin name provided");
    }

    @Test
    void loopback_isUpAndDown() {
        Request request = add("{\"cniVersion\":\"1.0.0\",\"name\":\"lo\"}");
        Result result = node.loopback().add(request);
        assertThat(result.addresses())
                .extracting(address -> address.address().toString())
                .containsExactly("127.0.0.1/8", "::1/128");
        node.loopback().check(request.withCommand(Command.CHECK));
        node.loopback().delete(request.withCommand(Command.DEL));
        assertThatThrownBy(() -> node.loopback().check(request.withCommand(Command.CHECK)))
                .hasMessage("loopback interface is down");
    }
}
