package dev.weft.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;

/// A list of plugins, with addresses of `host-local`.
///
/// @param form what the containers are connected by
/// @param name of the network, and of the link that all containers share
/// @param subnet whose addresses the containers get
/// @param leases where `host-local` keeps them
record CniNetwork(Form form, String name, String subnet, Path leases) {
    private static final String VERSION = "1.0.0";

    /// What containers are connected by.
    enum Form {
        /// A bridge that the first of them makes.
        BRIDGE,
        /// The same; each has a port published, and what it sends is masqueraded.
        PUBLISHED,
        /// A link that is there before.
        MACVLAN
    }

    /// The plugins in order, each with its configuration.
    List<String> words() {
        return switch (form) {
            case BRIDGE -> List.of("bridge", bridge(false).toString());
            case PUBLISHED ->
                    List.of("bridge", bridge(true).toString(), "portmap", portmap().toString());
            case MACVLAN -> List.of("macvlan", macvlan().toString());
        };
    }

    private JsonObject plugin(String type) {
        JsonObject plugin = new JsonObject();
        plugin.addProperty("cniVersion", VERSION);
        plugin.addProperty("name", name);
        plugin.addProperty("type", type);
        return plugin;
    }

    private JsonObject bridge(boolean masqueraded) {
        JsonObject bridge = plugin("bridge");
        bridge.addProperty("bridge", name);
        bridge.addProperty("isDefaultGateway", true);
        bridge.addProperty("ipMasq", masqueraded);
        bridge.add("ipam", hostLocal());
        return bridge;
    }

    private JsonObject macvlan() {
        JsonObject macvlan = plugin("macvlan");
        macvlan.addProperty("master", name);
        macvlan.add("ipam", hostLocal());
        return macvlan;
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
