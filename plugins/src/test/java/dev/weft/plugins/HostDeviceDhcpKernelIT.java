package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.Command;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.IpFamily;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.route.Addresses;
import dev.weft.plugins.device.HostDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A device of the host, at whose other end a DHCP server is.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
@Timeout(180)
final class HostDeviceDhcpKernelIT {
    private static final String CONFIGURATION =
            """
            {"cniVersion": "1.1.0", "name": "net", "type": "host-device", "device": "up0",
             "ipam": {"type": "dhcp"}}
            """;

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

    private List<String> addresses() {
        return node.ask(container, socket -> new Addresses(socket).list(IpFamily.IPV4)).stream()
                .map(address -> address.prefix().toString())
                .toList();
    }

    @Test
    void lease_isHadByTheDevice_checked_andGivenBackBeforeItReturns() {
        HostDevice plugin = node.hostDevice();
        node.servedUplink(":", "up1");
        Request request = node.request(Command.ADD, CONFIGURATION, "c1", container);

        Result result = plugin.add(request);
        assertThat(result.addresses().getFirst().address().toString())
                .startsWith("10.1.0.")
                .endsWith("/24");
        assertThat(addresses()).containsExactly(result.addresses().getFirst().address().toString());
        assertThat(node.link(node.host(), "up0")).isEmpty();
        assertThat(node.held().count()).isEqualTo(1);
        plugin.check(node.with(request, Command.CHECK, result));

        plugin.delete(node.with(request, Command.DEL, result));
        assertThat(node.held().count()).isZero();
        assertThat(node.link(node.host(), "up0")).isPresent();
        assertThat(node.link(container, "eth0")).isEmpty();
        assertThat(NodeState.of(node.state())).isEmpty();
    }
}
