package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One container and a list of plugins that each do what they can for it, called one by one.
final class Chain implements AutoCloseable {
    /// Stays when the last container has gone.
    static final String BRIDGE = "weft-chain";

    private static final String CONTAINER = "c1";
    private static final String PLUGINS =
            """
            [{"type": "bridge", "bridge": "weft-chain", "isDefaultGateway": true, "ipMasq": true,
              "hairpinMode": true, "macspoofchk": true,
              "ipam": {"type": "host-local", "dataDir": "DIRECTORY/leases",
                       "ranges": [[{"subnet": "198.18.0.0/16"}], [{"subnet": "fd00:1::/64"}]]}},
             {"type": "portmap", "runtimeConfig": {"portMappings": [
               {"hostPort": 8080, "containerPort": 80, "protocol": "tcp"},
               {"hostPort": 5353, "containerPort": 53, "protocol": "udp"}]}},
             {"type": "firewall", "ingressPolicy": "same-bridge"},
             {"type": "tuning", "dataDir": "DIRECTORY/tuning", "mtu": 1400, "promisc": true,
              "mac": "02:00:00:00:00:01", "sysctl": {"net.ipv4.conf.IFNAME.arp_filter": "1"}},
             {"type": "bandwidth", "ingressRate": 1000000, "ingressBurst": 80000,
              "egressRate": 8000000, "egressBurst": 160000},
             {"type": "sbr", "addSourceHints": true}]
            """;

    /// All that plugins change. Carriers come and go by themselves, and nobody else's link-local
    /// addresses are of interest.
    private static final String SHOW =
            """
            printf '%s\\n' 'link' 'address' 'rule' 'route show table all' | ip -o -d -batch -
            printf '%s\\n' 'rule' 'route show table all' | ip -6 -o -batch -
            tc qdisc
            nft -s list ruleset
            cd /proc/sys/net/ipv4
            grep -s . ip_forward conf/*/route_localnet conf/*/arp_filter conf/*/arp_notify
            """;

    private static final String NOISE =
            "NO-CARRIER,|,LOWER_UP| state [A-Z]*| linkdown| [a-z_]*timer +[0-9.]*";

    private final NetworkNamespace sandbox = NetworkNamespace.create();
    private final Node node;
    private final List<JsonObject> plugins = new ArrayList<>();
    private @Nullable JsonElement result;

    Chain(Node node) {
        this.node = node;
        String text = PLUGINS.replace("DIRECTORY", node.directory().toString());
        JsonArray all = JsonParser.parseString(text).getAsJsonArray();
        all.forEach(plugin -> plugins.add(plugin.getAsJsonObject()));
    }

    static Stream<String> types() {
        return JsonParser.parseString(PLUGINS).getAsJsonArray().asList().stream()
                .map(plugin -> plugin.getAsJsonObject().get("type").getAsString());
    }

    NetworkNamespace sandbox() {
        return sandbox;
    }

    /// Adds the container with all plugins before one.
    void addUntil(String type) {
        for (JsonObject plugin : plugins) {
            if (type(plugin).equals(type)) {
                return;
            }
            add(type(plugin), Map.of());
        }
    }

    private static String type(JsonObject plugin) {
        return plugin.get("type").getAsString();
    }

    /// What it gives, the plugins after it get.
    void add(String type, Map<String, String> more) {
        result = JsonParser.parseString(call(type, "ADD", more).orFail().stdout());
    }

    /// Deletes the container with all plugins, in reverse.
    void deleteAll() {
        plugins.reversed().forEach(plugin -> call(type(plugin), "DEL", Map.of()).orFail());
        result = null;
    }

    /// Calls one plugin.
    Command.Result call(String type, String command, Map<String, String> more) {
        return node.call(type, command, CONTAINER, sandbox, input(type, command), more);
    }

    private String input(String type, String command) {
        JsonObject input =
                plugins.stream()
                        .filter(plugin -> type(plugin).equals(type))
                        .findFirst()
                        .orElseThrow()
                        .deepCopy();
        input.addProperty("cniVersion", "1.1.0");
        input.addProperty("name", "chain");
        if (command.equals("GC")) {
            input.add("cni.dev/valid-attachments", new JsonArray());
        } else if (result != null) {
            input.add("prevResult", result);
        }
        return input.toString();
    }

    /// What there is on the node and in the container, to be compared.
    String state() throws IOException {
        String inside = "--net=" + sandbox.path();
        return settled(Command.run("sh", "-c", SHOW).orFail())
                + settled(Command.run("nsenter", inside, "sh", "-c", SHOW).orFail())
                + files();
    }

    private static String settled(Command.Result shown) {
        return shown.stdout()
                .lines()
                .filter(line -> !line.contains("table local") && !line.contains("fe80::"))
                .map(line -> line.replaceAll(NOISE, ""))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /// Leases by their names, and the records. The last lease is kept on purpose, as is what leases
    /// there were.
    private String files() throws IOException {
        List<String> found = new ArrayList<>();
        for (String part : List.of("leases", "state", "tuning")) {
            Path top = node.directory().resolve(part);
            assertThat(top.toFile().mkdirs() || Files.isDirectory(top)).isTrue();
            try (Stream<Path> files = Files.walk(top)) {
                files.filter(Files::isRegularFile)
                        .map(file -> top.relativize(file).toString())
                        .filter(name -> !name.matches(".*(lock|/last_reserved_ip\\..|/leases)"))
                        .sorted()
                        .forEach(found::add);
            }
        }
        return String.join("\n", found);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
