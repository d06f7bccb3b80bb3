package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.InstalledPlugins;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.runtime.Attachment;
import dev.weft.cni.runtime.CniRuntime;
import dev.weft.cni.runtime.NetworkList;
import dev.weft.cni.runtime.RuntimeSettings;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The reference plugins, as Debian has them, and those of Weft in one list; and one set of plugins
/// after the other. They know versions up to 1.0.0.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MixedPluginsInteropIT {
    private static final Path REFERENCE = Path.of("/usr/lib/cni");
    private static final String BRIDGE = "weft-mix";
    private static final String GATEWAY = "198.18.0.1";
    private static final int PATIENCE_MILLIS = 15_000;

    /// What a container has in either set's rules: its address, or a chain of its own.
    private static final String RULES_OF_CONTAINERS =
            "198\\.18\\.0\\.\\d|CNI-(DN-|SN-)?[0-9a-f]{16}|c\\d";

    private static final String LIST =
            """
            {"cniVersion": "1.0.0", "name": "mixed", "plugins": [
              {"type": "bridge", "bridge": "weft-mix", "isDefaultGateway": true, "ipMasq": true,
               "ipam": {"type": "host-local", "dataDir": "DIRECTORY/leases",
                        "ranges": [[{"subnet": "198.18.0.0/16"}]]}},
              {"type": "portmap", "capabilities": {"portMappings": true}},
              {"type": "firewall"},
              {"type": "tuning", "sysctl": {"net.ipv4.conf.eth0.arp_filter": "1"}},
              {"type": "bandwidth", "capabilities": {"bandwidth": true}}]}
            """;

    private final NetworkNamespace host = NetworkNamespace.current();
    private final List<NetworkNamespace> containers = new ArrayList<>();

    /// None where the tests are skipped.
    private final List<AgentProcess> agents = new ArrayList<>();

    private Path directory;
    private Node node;

    @BeforeAll
    void prepare(@TempDir Path empty) throws IOException {
        directory = empty;
        assumeTrue(
                Files.isExecutable(REFERENCE.resolve("bridge")),
                "containernetworking-plugins is not installed");
        Command.run("ip", "link", "set", "lo", "up").orFail();
        node = Node.in(directory);
        agents.add(AgentProcess.start(directory, "{}"));
    }

    @AfterAll
    void stop() {
        agents.forEach(AgentProcess::close);
        host.close();
    }

    @AfterEach
    void close() {
        containers.forEach(NetworkNamespace::close);
        containers.clear();
        Command.run("ip", "link", "delete", BRIDGE);
    }

    private CniRuntime runtime(Path plugins) {
        RuntimeSettings settings =
                RuntimeSettings.of(new PluginDirectories(List.of(plugins)))
                        .withCache(directory.resolve("cache"));
        return new CniRuntime(
                new RuntimeSettings(
                        settings.directories(),
                        settings.cache(),
                        settings.limit(),
                        true,
                        node.environment()),
                InstalledPlugins.none(),
                host,
                _ -> {});
    }

    private CniRuntime ours() {
        return runtime(node.plugins());
    }

    private CniRuntime theirs() {
        return runtime(REFERENCE);
    }

    /// A runtime that finds these plugins of Weft; of the reference plugins all others.
    private CniRuntime mixed(Set<String> ours) throws IOException {
        Path chosen = Files.createTempDirectory(directory, "mixed");
        for (String type :
                List.of("bridge", "host-local", "portmap", "firewall", "tuning", "bandwidth")) {
            if (ours.contains(type)) {
                Files.createSymbolicLink(chosen.resolve(type), node.plugins().resolve(type));
            } else {
                Path plugin = chosen.resolve(type);
                Files.writeString(plugin, "#!/bin/sh\nexec " + REFERENCE.resolve(type) + "\n");
                Command.run("chmod", "755", plugin.toString()).orFail();
            }
        }
        return runtime(chosen);
    }

    private NetworkList list() {
        return NetworkList.parse(LIST.replace("DIRECTORY", directory.toString()));
    }

    /// A new container, which is `c0`, `c1`, ...
    private int container() {
        containers.add(NetworkNamespace.create());
        return containers.size() - 1;
    }

    private Attachment attachment(int container) {
        JsonObject capabilities =
                JsonParser.parseString(
                                """
                                {"portMappings": [{"hostPort": PORT, "containerPort": 80,
                                                   "protocol": "tcp"}],
                                 "bandwidth": {"ingressRate": 80000000, "ingressBurst": 8000000,
                                               "egressRate": 80000000, "egressBurst": 8000000}}
                                """
                                        .replace("PORT", Integer.toString(port(container))))
                        .getAsJsonObject();
        return new Attachment(
                new AttachmentId("c" + container, "eth0"),
                Optional.of(containers.get(container).path().toString()),
                List.of(),
                capabilities);
    }

    private static int port(int container) {
        return 8080 + container;
    }

    private void assertServed(int container) throws IOException {
        Command.run(
                        "nsenter",
                        "--net=" + containers.get(container).path(),
                        "ping",
                        "-c1",
                        "-w15",
                        GATEWAY)
                .orFail();
        try (ServerSocket _ = containers.get(container).call(() -> new ServerSocket(80));
                Socket client = new Socket()) {
            client.connect(new InetSocketAddress(GATEWAY, port(container)), PATIENCE_MILLIS);
            assertThat(client.isConnected()).isTrue();
        }
    }

    /// Like a runtime, which repeats what has failed: the reference bridge wants to find its own
    /// masquerading, and without it fails once, when all else is gone.
    private void deleteBy(CniRuntime runtime, int container) {
        try {
            runtime.delete(list(), attachment(container));
        } catch (CniException failed) {
            assertThat(failed).hasMessageContaining("-t nat -D POSTROUTING");
            runtime.delete(list(), attachment(container));
        }
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(Command.run("ip", "-o", "link").orFail().stdout())
                .doesNotContain("veth", "ifb", "bwp");
        assertThat(Command.run("nft", "-s", "list", "ruleset").orFail().stdout())
                .doesNotContainPattern(RULES_OF_CONTAINERS);
        assertThat(node.files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host-local",
                "bridge",
                "bridge,host-local,portmap",
                "portmap,tuning",
                "bridge,firewall,bandwidth"
            })
    void listOfBoth_isAddedCheckedAndDeleted(String ours) throws Exception {
        CniRuntime runtime = mixed(Set.of(ours.split(",", -1)));
        int container = container();
        runtime.add(list(), attachment(container));
        assertServed(container);
        if (ours.contains("portmap")) {
            // The reference's own portmap wants rules of IPv6 for containers without it.
            runtime.check(list(), attachment(container));
        }
        runtime.delete(list(), attachment(container));
        assertNothingIsLeft();
    }

    @Test
    void containerOfTheirs_isDeletedByOurs() throws Exception {
        int container = container();
        theirs().add(list(), attachment(container));
        assertServed(container);
        ours().delete(list(), attachment(container));
        assertNothingIsLeft();
    }

    /// The reference plugins do not know the table of Weft's: a late DEL of ours clears it.
    @Test
    void containerOfOurs_isDeletedByTheirs_exceptForOurRules() throws Exception {
        int container = container();
        ours().add(list(), attachment(container));
        assertServed(container);
        deleteBy(theirs(), container);
        assertThat(Command.run("ip", "-o", "link").orFail().stdout()).doesNotContain("veth");
        ours().delete(list(), attachment(container));
        assertNothingIsLeft();
    }

    /// Each container is deleted by Weft's plugins, and added by the next: first by Weft's, then by
    /// the reference's again. One is not touched, and never loses its gateway.
    @Test
    void rollingUpgrade_andRollBack_keepContainersConnected() throws Exception {
        int untouched = container();
        theirs().add(list(), attachment(untouched));
        for (int i = 1; i <= 3; i++) {
            theirs().add(list(), attachment(container()));
        }
        Process ping = ping(untouched);
        for (int container = 1; container <= 3; container++) {
            replace(container, ours());
            ours().check(list(), attachment(container));
            assertServed(untouched);
        }
        for (int container = 1; container <= 3; container++) {
            replace(container, theirs());
            assertServed(untouched);
        }
        Command.run("kill", "-INT", Long.toString(ping.pid())).orFail();
        assertThat(new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(" 0% packet loss");
        for (int container = 0; container <= 3; container++) {
            theirs().delete(list(), attachment(container));
        }
        assertNothingIsLeft();
    }

    private void replace(int container, CniRuntime next) throws IOException {
        ours().delete(list(), attachment(container));
        next.add(list(), attachment(container));
        assertServed(container);
    }

    private Process ping(int container) throws IOException {
        String namespace = "--net=" + containers.get(container).path();
        return new ProcessBuilder("nsenter", namespace, "ping", "-q", "-i", "0.05", GATEWAY)
                .start();
    }
}
