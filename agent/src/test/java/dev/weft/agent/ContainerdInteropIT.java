package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.testkit.Command;
import dev.weft.testkit.KernelFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Containers of containerd and runc.
final class ContainerdInteropIT {
    private static final List<String> PROGRAMS = List.of("containerd", "ctr", "runc", "busybox");

    private static final String INSIDE =
            "ip -o -4 addr show eth0; ip route; ping -c 1 -W 5 198.18.0.1";

    @TempDir private Path directory;
    private Node node;

    @BeforeEach
    void prepare() throws IOException {
        KernelFeature.assumeMachineRoot("run containers of containerd");
        for (String program : PROGRAMS) {
            assumeTrue(Command.isInstalled(program), program + " is not installed");
        }
        Command.run("ip", "link", "set", "lo", "up").orFail();
        node = Node.in(directory);
    }

    private String network() {
        return """
        {"cniVersion": "1.0.0", "name": "pods", "plugins": [
          {"type": "bridge", "bridge": "weft-c", "isDefaultGateway": true, "ipMasq": true,
           "ipam": {"type": "host-local", "dataDir": "DIRECTORY/leases",
                    "ranges": [[{"subnet": "198.18.0.0/16"}]]}},
          {"type": "portmap", "capabilities": {"portMappings": true}},
          {"type": "tuning", "sysctl": {"net.ipv4.conf.IFNAME.arp_filter": "1"}}]}
        """
                .replace("DIRECTORY", directory.toString());
    }

    @Test
    void container_servedByTheAgent_reachesItsGateway_andLeavesNothing() throws Exception {
        try (AgentProcess agent = AgentProcess.start(directory, "{}")) {
            runContainer();
            assertThat(agent.log()).contains("\"plugin\":\"bridge\"", "\"plugin\":\"tuning\"");
        }
    }

    @Test
    void container_withoutAgent_reachesItsGateway_andLeavesNothing() throws Exception {
        runContainer();
    }

    private void runContainer() throws IOException {
        String before = host();
        Path files = Files.createDirectory(directory.resolve("containerd"));
        Path layers = Files.createTempDirectory(Path.of("/run"), "layers-");
        try (Containerd containerd = Containerd.start(files, layers, node.plugins(), network())) {
            List<String> environment =
                    node.environment().entrySet().stream()
                            .map(variable -> variable.getKey() + "=" + variable.getValue())
                            .toList();
            String inside = containerd.run("c1", environment, INSIDE).orFail().stdout();
            assertThat(inside)
                    .contains("198.18.0.2/16", "default via 198.18.0.1", "1 packets received");
        }
        Command.run("ip", "link", "delete", "weft-c").orFail();
        assertThat(host()).isEqualTo(before);
        assertThat(node.files()).isEmpty();
    }

    private static String host() {
        return Command.run("ip", "-brief", "link").orFail().stdout()
                + Command.run("nft", "list", "ruleset").orFail().stdout();
    }
}
