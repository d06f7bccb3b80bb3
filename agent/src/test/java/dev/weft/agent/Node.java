package dev.weft.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A directory with shims for every plugin, and a runtime's calls of them.
final class Node {
    private static final int NO_COMPILER = 69;
    private static final List<String> PLUGINS =
            List.of(
                    "bandwidth",
                    "bridge",
                    "firewall",
                    "host-local",
                    "loopback",
                    "portmap",
                    "ptp",
                    "sbr",
                    "static",
                    "tuning");

    private final Path directory;

    private Node(Path directory) {
        this.directory = directory;
    }

    static Node in(Path directory) throws IOException {
        Path program = directory.resolve("weft-shim");
        String build = Path.of(System.getenv("WEFT_ROOT"), "shim", "build").toString();
        Command.Result built = Command.run(build, program.toString());
        assumeTrue(built.exit() != NO_COMPILER, "there is no C compiler");
        built.orFail();
        byte[] shim = withOneShot(Files.readAllBytes(program), TrainedPrograms.oneShot());
        Path plugins = Files.createDirectory(directory.resolve("bin"));
        for (String plugin : PLUGINS) {
            Files.write(plugins.resolve(plugin), shim);
            Command.run("chmod", "755", plugins.resolve(plugin).toString()).orFail();
        }
        return new Node(directory);
    }

    private static byte[] withOneShot(byte[] program, List<String> words) {
        byte[] text = (String.join("\0", words) + "\0").getBytes(UTF_8);
        return ByteBuffer.allocate(program.length + text.length + 12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(program)
                .put(text)
                .putInt(text.length)
                .put("WEFTSHIM".getBytes(UTF_8))
                .array();
    }

    Path directory() {
        return directory;
    }

    Path socket() {
        return directory.resolve("run").resolve("cni.sock");
    }

    Path plugins() {
        return directory.resolve("bin");
    }

    /// A network of its own for each bridge, whose addresses the given plugin gives.
    String network(String bridge, String ipam) {
        JsonObject network =
                JsonParser.parseString(
                                """
                                {"cniVersion": "1.1.0", "type": "bridge", "isGateway": true,
                                 "ipam": {"ranges": [[{"subnet": "198.18.0.0/16"}]]}}
                                """)
                        .getAsJsonObject();
        network.addProperty("name", "net-" + bridge);
        network.addProperty("bridge", bridge);
        network.getAsJsonObject("ipam").addProperty("type", ipam);
        network.getAsJsonObject("ipam")
                .addProperty("dataDir", directory.resolve("leases").toString());
        return network.toString();
    }

    /// Runs the plugin `bridge`, as a runtime does.
    Command.Result bridge(
            String command, String container, NetworkNamespace sandbox, String network) {
        return bridge(command, container, sandbox, network, Map.of());
    }

    /// What finds this node's agent and its state.
    Map<String, String> environment() {
        return Map.of(
                "WEFT_RUN_DIR",
                directory.resolve("run").toString(),
                "WEFT_STATE_DIR",
                directory.resolve("state").toString(),
                "PATH",
                System.getenv("PATH"));
    }

    /// Runs the plugin `bridge` with further variables.
    Command.Result bridge(
            String command,
            String container,
            NetworkNamespace sandbox,
            String network,
            Map<String, String> more) {
        return call("bridge", command, container, sandbox, network, more);
    }

    /// Runs a plugin with further variables.
    Command.Result call(
            String plugin,
            String command,
            String container,
            NetworkNamespace sandbox,
            String network,
            Map<String, String> more) {
        String[] argv = argv(plugin, command, container, sandbox, more);
        return Command.of(argv).stdin(network.getBytes(UTF_8)).run();
    }

    /// What starts a plugin with further variables.
    String[] argv(
            String plugin,
            String command,
            String container,
            NetworkNamespace sandbox,
            Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(environment());
        environment.put("CNI_COMMAND", command);
        environment.put("CNI_CONTAINERID", container);
        environment.put("CNI_NETNS", sandbox.path().toString());
        environment.put("CNI_IFNAME", "eth0");
        environment.put("CNI_PATH", plugins().toString());
        environment.putAll(more);
        List<String> argv = new ArrayList<>(List.of("env", "-i"));
        environment.forEach((name, value) -> argv.add(name + "=" + value));
        argv.add(plugins().resolve(plugin).toString());
        return argv.toArray(String[]::new);
    }

    /// The code of the error that a plugin printed.
    static int code(Command.Result failed) {
        return JsonParser.parseString(failed.stdout()).getAsJsonObject().get("code").getAsInt();
    }

    /// Leases and records that are there.
    List<String> files() throws IOException {
        List<String> found = new ArrayList<>();
        for (String part : List.of("leases", "state")) {
            Path top = directory.resolve(part);
            if (Files.isDirectory(top)) {
                try (Stream<Path> files = Files.walk(top)) {
                    files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .filter(name -> name.contains("eth0") || name.startsWith("198.18"))
                            .forEach(found::add);
                }
            }
        }
        return found;
    }
}
