package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.Command;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.IpFamily;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.route.Addresses;
import dev.weft.testkit.KernelFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Addresses of a DHCP server at the other end of the wire, on interfaces that stand on its link.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
@Timeout(180)
final class StackedDhcpKernelIT {
    /// The plugins; ipvlan in the one mode in which broadcasts reach it.
    enum Kind {
        MACVLAN("macvlan", "'mode': 'bridge'", "up1", ":"),
        IPVLAN("ipvlan", "'mode': 'l2'", "up1", ":"),
        VLAN(
                "vlan",
                "'vlanId': 77",
                "tagged",
                "ip link add link up1 name tagged type vlan id 77; ip link set tagged up");

        private final String type;
        private final String keys;
        private final String served;
        private final String script;

        Kind(String type, String keys, String served, String script) {
            this.type = type;
            this.keys = keys;
            this.served = served;
            this.script = script;
        }

        Plugin plugin(Node node) {
            node.servedUplink(script, served);
            return switch (this) {
                case MACVLAN -> node.macvlan();
                case IPVLAN -> node.ipvlan();
                case VLAN -> node.vlan();
            };
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

    private static String json(Kind kind) {
        return ("{'cniVersion': '1.1.0', 'name': 'net', 'master': 'up0', "
                        + kind.keys
                        + ", 'ipam': {'type': 'dhcp'}}")
                .replace('\'', '"');
    }

    private List<String> addresses() {
        return node.ask(container, socket -> new Addresses(socket).list(IpFamily.IPV4)).stream()
                .map(address -> address.prefix().toString())
                .toList();
    }

    private String left() {
        return NodeState.of(node.state());
    }

    @ParameterizedTest
    @EnumSource
    void lease_isHadOnTheInterface_checked_givenBackAndCollected(Kind kind) {
        KernelFeature.assumeLinkKind(kind.type);
        Plugin plugin = kind.plugin(node);
        Request request = node.request(Command.ADD, json(kind), "c1", container);

        Result result = plugin.add(request);
        String address = result.addresses().getFirst().address().toString();
        assertThat(address).startsWith("10.1.0.").endsWith("/24");
        assertThat(addresses()).containsExactly(address);
        assertThat(result.routes())
                .singleElement()
                .satisfies(route ->
                        assertThat(route.gateway().orElseThrow().getHostAddress())
                                .isEqualTo("10.1.0.1"));
        assertThat(node.held().count()).isEqualTo(1);
        plugin.check(node.with(request, Command.CHECK, result));

        plugin.delete(node.with(request, Command.DEL, result));
        assertThat(node.held().count()).isZero();
        assertThat(left()).isEmpty();
        assertThat(node.link(container, "eth0")).isEmpty();

        plugin.add(request);
        assertThat(node.held().count()).isEqualTo(1);
        node.collect(plugin, json(kind));
        assertThat(node.held().count()).isZero();
        assertThat(left()).isEmpty();
        assertThat(node.link(container, "eth0")).isEmpty();
    }
}
