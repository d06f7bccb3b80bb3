package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.testkit.Command;
import dev.weft.testkit.KernelFeature;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Containers of podman, which uses CNI of version 0.4.0.
final class PodmanInteropIT {
    private static final List<String> PROGRAMS = List.of("podman", "runc", "busybox");
    private static final int PATIENCE_MILLIS = 30_000;

    /// Says where it is to whoever connects, again and again. Without the limits podman takes those
    /// of its caller, which a machine may not let it have.
    private static final List<String> SERVER =
            List.of(
                    "--ulimit=nofile=1024:1024",
                    "--ulimit=nproc=4096:4096",
                    "--publish=18080:80",
                    BusyboxImage.NAME,
                    "sh",
                    "-c",
                    "while nc -l -p 80 -e ip -o -4 addr show eth0; do :; done");

    private static final Path AGENT = Path.of("/run/weft");

    @TempDir private Path directory;
    private Node node;

    @BeforeEach
    void prepare() throws IOException {
        KernelFeature.assumeMachineRoot("run containers of podman");
        for (String program : PROGRAMS) {
            assumeTrue(Command.isInstalled(program), program + " is not installed");
        }
        Command.run("ip", "link", "set", "lo", "up").orFail();
        node = Node.in(directory);
        // The process that cleans up behind a container has not the environment of its starter.
        Files.deleteIfExists(AGENT);
        Files.createSymbolicLink(AGENT, node.socket().getParent());
    }

    @AfterEach
    void close() throws IOException {
        Files.deleteIfExists(AGENT.resolve("state"));
        Files.deleteIfExists(AGENT);
    }

    private String network() {
        return """
        {"cniVersion": "0.4.0", "name": "podman", "plugins": [
          {"type": "bridge", "bridge": "weft-p", "isGateway": true, "ipMasq": true,
           "hairpinMode": true,
           "ipam": {"type": "host-local", "dataDir": "DIRECTORY/leases",
                    "routes": [{"dst": "0.0.0.0/0"}],
                    "ranges": [[{"subnet": "198.18.0.0/16", "gateway": "198.18.0.1"}]]}},
          {"type": "portmap", "capabilities": {"portMappings": true}},
          {"type": "firewall"},
          {"type": "tuning"}]}
        """
                .replace("DIRECTORY", directory.toString());
    }

    @Test
    void containerServedByTheAgent_isReachedAtItsPublishedPort_andLeavesNothing() throws Exception {
        String before = host();
        Path files = Files.createDirectory(directory.resolve("podman"));
        try (AgentProcess agent = AgentProcess.start(directory, "{}");
                Podman podman = Podman.in(files, node, network())) {
            serve(podman);
            assertThat(agent.log())
                    .contains("\"plugin\":\"bridge\"", "\"plugin\":\"portmap\"")
                    .contains("\"plugin\":\"firewall\"", "\"plugin\":\"tuning\"")
                    .contains("\"command\":\"DEL\"");
        }
        assertNothingIsLeft(before);
    }

    /// Whoever cleans up finds the records by the link that an agent leaves.
    @Test
    void containerWithoutAgent_isReachedAtItsPublishedPort_andLeavesNothing() throws Exception {
        String before = host();
        Files.delete(AGENT);
        Files.createDirectory(
                AGENT,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        StateLink.publish(AGENT, directory.resolve("state"));
        Path files = Files.createDirectory(directory.resolve("podman"));
        try (Podman podman = Podman.in(files, node, network())) {
            serve(podman);
        }
        assertNothingIsLeft(before);
    }

    private static void serve(Podman podman) throws IOException {
        podman.run(words("create", "--name=c1")).orFail();
        podman.run("start", "c1").orFail();
        assertThat(said()).contains("198.18.0.2/16");
        podman.run("rm", "--force", "--time=0", "c1").orFail();
        podman.awaitEnd();
    }

    private void assertNothingIsLeft(String before) throws IOException {
        Command.run("ip", "link", "delete", "weft-p").orFail();
        assertThat(host()).isEqualTo(before);
        assertThat(node.files()).isEmpty();
    }

    private static String[] words(String... first) {
        List<String> words = new ArrayList<>(List.of(first));
        words.addAll(SERVER);
        return words.toArray(String[]::new);
    }

    /// What the container's server says, which listens a moment after the container has started,
    /// and not while it says it to somebody.
    private static String said() throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (true) {
            try (Socket client = new Socket()) {
                client.connect(new InetSocketAddress("198.18.0.1", 18_080), PATIENCE_MILLIS);
                return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (SocketException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static String host() {
        return Command.run("ip", "-brief", "link").orFail().stdout()
                + Command.run("nft", "list", "ruleset").orFail().stdout();
    }
}
