package dev.weft.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;

/// A list of plugins: containers on a bridge of their own, with addresses of `host-local`.
///
/// @param name of the network and of its bridge
/// @param subnet whose addresses the containers get
/// @param leases where `host-local` keeps them
/// @param published each container has a port published, and what it sends is masqueraded
record CniNetwork(String name, String subnet, Path leases, boolean published) {
    private static final String VERSION = "1.0.0";

    /// The plugins in order, each with its configuration.
    List<String> words() {
        return published
                ? List.of("bridge", bridge().toString(), "portmap", portmap().toString())
                : List.of("bridge", bridge().toString());
    }

    private JsonObject plugin(String type) {
        JsonObject plugin = new JsonObject();
        plugin.addProperty("cniVersion", VERSION);
        plugin.addProperty("name", name);
        plugin.addProperty("type", type);
        return plugin;
    }

    private JsonObject bridge() {
        JsonObject bridge = plugin("bridge");
        bridge.addProperty("bridge", name);
        bridge.addProperty("isDefaultGateway", true);
        bridge.addProperty("ipMasq", published);
        bridge.add("ipam", hostLocal());
        return bridge;
    }

    private JsonObject hostLocal() {
        JsonObject range = new JsonObject();
        range.addProperty("subnet", subnet);
        JsonArray ranges = new JsonArray();
        ranges.add(array(range));
        JsonObject hostLocal = new JsonObject();
        hostLocal.addProperty("type", "host-local");
        hostLocal.addProperty("dataDir", leases.toString());
        hostLocal.add("ranges", ranges);
        return hostLocal;
    }

    /// The container's own port is put in by who executes the plugin.
    private JsonObject portmap() {
        JsonObject mapping = new JsonObject();
        mapping.addProperty("hostPort", "@PORT@");
        mapping.addProperty("containerPort", 80);
        mapping.addProperty("protocol", "tcp");
        JsonObject given = new JsonObject();
        given.add("portMappings", array(mapping));
        JsonObject portmap = plugin("portmap");
        portmap.add("runtimeConfig", given);
        return portmap;
    }

    private static JsonArray array(JsonObject only) {
        JsonArray array = new JsonArray();
        array.add(only);
        return array;
    }
}
