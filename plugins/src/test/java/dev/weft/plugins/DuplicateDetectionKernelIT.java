package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Request;
import dev.weft.linux.link.Link;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.AddressFlag;
import dev.weft.linux.route.Addresses;
import dev.weft.plugins.site.Steps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `enabledad`: whether somebody else has a container's IPv6 address is known when ADD ends.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class DuplicateDetectionKernelIT {
    /// Long enough to be seen; the kernel's own is a second, after a delay of up to another.
    private static final String QUESTION_MILLIS = "500";

    @TempDir private Path directory;
    private Node node;
    private final List<Boolean> tentative = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        node = Node.open(directory);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static String network(String number, boolean detecting) {
        return """
        {"cniVersion": "1.1.0", "name": "net", "bridge": "br0", "isGateway": true,
         "enabledad": DETECTING, "macspoofchk": true, "ipMasq": true,
         "ipam": {"type": "fixed", "addresses": [
           {"address": "10.1.0.NUMBER/24"}, {"address": "fd00:1::2/64"}]}}
        """
                .replace("DETECTING", Boolean.toString(detecting))
                .replace("NUMBER", number);
    }

    private Request add(String id, String number, NetworkNamespace container, boolean detecting) {
        return node.request(Command.ADD, network(number, detecting), id, container);
    }

    private boolean isTentative(NetworkNamespace container) {
        int index = node.link(container, "eth0").map(Link::index).orElseThrow();
        List<Address> addresses =
                node.ask(container, socket -> new Addresses(socket).list(index)).stream()
                        .filter(address -> address.prefix().toString().equals("fd00:1::2/64"))
                        .toList();
        assertThat(addresses).hasSize(1);
        return addresses.getFirst().has(AddressFlag.TENTATIVE);
    }

    /// Has the kernel ask at once and wait for the answer for half a second; looks at the address
    /// at both ends of the step that waits as well.
    private Steps watching(NetworkNamespace container) {
        return step -> {
            Runnable end = () -> {};
            if (step.equals("set sysctls")) {
                write(container, "0", "conf", "router_solicitation_delay");
                write(container, QUESTION_MILLIS, "neigh", "retrans_time_ms");
            } else if (step.equals("detect duplicates")) {
                tentative.add(isTentative(container));
                end = () -> tentative.add(isTentative(container));
            }
            return end;
        };
    }

    private static void write(NetworkNamespace container, String value, String what, String key) {
        container.sysctls().write(value, "net", "ipv6", what, "eth0", key);
    }

    @Test
    void addressOfNobodyElse_canBeUsedWhenAddEnds() {
        NetworkNamespace container = node.container();
        node.restart(watching(container));
        node.bridge().add(add("c1", "2", container, true));
        assertThat(tentative).containsExactly(true, false);
    }

    @Test
    void withoutDetection_addressCanBeUsedAtOnce() {
        NetworkNamespace container = node.container();
        node.restart(watching(container));
        node.bridge().add(add("c1", "2", container, false));
        assertThat(tentative).isEmpty();
        assertThat(isTentative(container)).isFalse();
    }

    @Test
    void addressOfAnotherContainer_isNamed_andNothingLeft() {
        node.bridge().add(add("c2", "3", node.container(), false));
        NetworkNamespace container = node.container();
        node.restart(watching(container));
        String before = NodeState.of(node) + NodeState.of(container);
        assertThatThrownBy(() -> node.bridge().add(add("c1", "2", container, true)))
                .isInstanceOf(CniException.class)
                .hasMessage(
                        "duplicate address detection: somebody else on the link has fd00:1::2/64");
        assertThat(NodeState.of(node) + NodeState.of(container)).isEqualTo(before);
    }
}
