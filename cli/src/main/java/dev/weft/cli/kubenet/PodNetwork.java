package dev.weft.cli.kubenet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.Fields;
import dev.weft.cni.JsonText;
import dev.weft.linux.IpPrefix;
import java.util.Optional;

/// The list of plugins by which a runtime connects pods: what kubenet told `bridge` and
/// `host-local`, and CNI's plugins for what it did itself for each pod.
///
/// @param settings of the node
/// @param mtuBytes of pods
/// @param leases where host-local keeps them, unless that is its default
/// @param ownsGateway whether `bridge` may give the bridge its addresses; while others of former
///   ranges are needed it would refuse to
record PodNetwork(Settings settings, int mtuBytes, Optional<String> leases, boolean ownsGateway) {
    static final String NAME = "kubenet";
    static final String FILE = "10-kubenet.conflist";

    /// The file's content.
    String text() {
        return JsonText.indented(json()) + '\n';
    }

    /// Whether a file's content is a list of this name.
    static boolean isOurs(String text) {
        try {
            return Fields.of(JsonText.parseObject(text, FILE))
                    .text("name")
                    .filter(NAME::equals)
                    .isPresent();
        } catch (CniException other) {
            return false;
        }
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("cniVersion", "1.0.0");
        json.addProperty("name", NAME);
        json.add(
                "plugins",
                array(
                        bridge(),
                        withCapability("portmap", "portMappings"),
                        withCapability("bandwidth", "bandwidth")));
        return json;
    }

    private JsonObject bridge() {
        JsonObject json = new JsonObject();
        json.addProperty("type", "bridge");
        json.addProperty("bridge", settings.bridge());
        json.addProperty("mtu", mtuBytes);
        json.addProperty("isGateway", ownsGateway);
        json.addProperty("ipMasq", false);
        json.addProperty("hairpinMode", settings.hairpin() == HairpinMode.HAIRPIN_VETH);
        json.addProperty("promiscMode", settings.hairpin() == HairpinMode.PROMISCUOUS_BRIDGE);
        json.add("ipam", hostLocal());
        return json;
    }

    private JsonObject hostLocal() {
        JsonArray ranges = new JsonArray();
        JsonArray routes = new JsonArray();
        for (PodRange range : settings.ranges()) {
            JsonObject json = new JsonObject();
            json.addProperty("subnet", range.cidr().toString());
            json.addProperty("gateway", IpPrefix.textOf(range.gateway().address()));
            ranges.add(array(json));
            JsonObject route = new JsonObject();
            route.addProperty("dst", range.family().everything().toString());
            routes.add(route);
        }
        JsonObject json = new JsonObject();
        json.addProperty("type", "host-local");
        leases.ifPresent(directory -> json.addProperty("dataDir", directory));
        json.add("ranges", ranges);
        json.add("routes", routes);
        return json;
    }

    private static JsonObject withCapability(String type, String capability) {
        JsonObject capabilities = new JsonObject();
        capabilities.addProperty(capability, true);
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        json.add("capabilities", capabilities);
        return json;
    }

    private static JsonArray array(JsonElement... elements) {
        JsonArray array = new JsonArray();
        for (JsonElement each : elements) {
            array.add(each);
        }
        return array;
    }
}
