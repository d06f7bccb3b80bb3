package dev.weft.plugins.flannel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.weft.cni.CniException;
import dev.weft.cni.Configuration;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.Request;
import dev.weft.linux.IpPrefix;
import dev.weft.plugins.bridge.Bridge;
import java.nio.file.Path;

/// The keys of the flannel plugin.
///
/// @param network what the delegate's configuration takes over: name, version, `runtimeConfig`
/// @param subnetFile what flannel's daemon writes
/// @param dataDirectory where the reference plugin keeps the delegates' configurations
/// @param delegate what the delegate is told beyond that
/// @param ipam what its IPAM plugin is told
public record FlannelConfiguration(
        Configuration network,
        Path subnetFile,
        Path dataDirectory,
        JsonObject delegate,
        JsonObject ipam) {
    private static final String DEFAULT_SUBNET_FILE = "/run/flannel/subnet.env";
    private static final String DEFAULT_DATA_DIRECTORY = "/var/lib/cni/flannel";

    public static FlannelConfiguration of(Request request) {
        Fields fields = request.configuration().fields();
        JsonObject delegate = object(fields, "delegate");
        requireDelegate(delegate);
        return new FlannelConfiguration(
                request.configuration(),
                path(fields, "subnetFile", DEFAULT_SUBNET_FILE),
                path(fields, "dataDir", DEFAULT_DATA_DIRECTORY),
                delegate,
                object(fields, "ipam"));
    }

    /// Where the reference plugin keeps what it told delegates; all that a DEL needs.
    static Path dataDirectory(Request request) {
        return path(request.configuration().fields(), "dataDir", DEFAULT_DATA_DIRECTORY);
    }

    private static JsonObject object(Fields fields, String key) {
        return fields.object(key).map(found -> found.json().deepCopy()).orElseGet(JsonObject::new);
    }

    /// An absolute path.
    static Path path(Fields fields, String key, String ordinary) {
        String text = fields.text(key).orElse(ordinary);
        if (!text.startsWith("/") || text.indexOf('\0') >= 0) {
            throw fields.wrong(key, "an absolute path");
        }
        return Path.of(text);
    }

    private static void requireDelegate(JsonObject delegate) {
        if (delegate.has("type") && !isText(delegate.get("type"))) {
            throw invalid("'delegate' dictionary, if present, must have (string) 'type' field");
        }
        for (String key : new String[] {"name", "ipam"}) {
            if (delegate.has(key)) {
                throw invalid(
                        "'delegate' dictionary must not have '"
                                + key
                                + "' field, it'll be set by flannel");
            }
        }
        if (delegate.has("type") && delegate.get("type").getAsString().equals(Flannel.TYPE)) {
            throw invalid("'delegate' must be another plugin than flannel");
        }
    }

    private static boolean isText(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isString();
    }

    private static CniException invalid(String text) {
        return new CniException(ErrorCode.INVALID_CONFIGURATION, text);
    }

    /// The delegate's configuration: what the daemon knows is filled in where the delegate is not
    /// told otherwise, but for the ranges of addresses, which are always the daemon's.
    public JsonObject delegateOn(SubnetFile node) {
        JsonObject json = delegate.deepCopy();
        network.runtimeConfig()
                .ifPresent(config -> json.add("runtimeConfig", config.json().deepCopy()));
        json.addProperty("name", network.name());
        orElse(json, "type", new JsonPrimitive(Bridge.TYPE));
        orElse(json, "ipMasq", new JsonPrimitive(!node.masquerades()));
        orElse(json, "mtu", new JsonPrimitive(node.mtuBytes()));
        if (json.get("type").getAsString().equals(Bridge.TYPE)) {
            orElse(json, "isGateway", new JsonPrimitive(true));
        }
        network.fields()
                .text("cniVersion")
                .filter(version -> !version.isEmpty())
                .ifPresent(version -> json.addProperty("cniVersion", version));
        json.add("ipam", ipamOn(node));
        return json;
    }

    private static void orElse(JsonObject json, String key, JsonPrimitive value) {
        if (!json.has(key)) {
            json.add(key, value);
        }
    }

    private JsonObject ipamOn(SubnetFile node) {
        JsonObject json = ipam.deepCopy();
        orElse(json, "type", new JsonPrimitive("host-local"));
        JsonArray ranges = new JsonArray();
        for (IpPrefix subnet : node.subnets()) {
            JsonArray range = new JsonArray();
            range.add(entry("subnet", subnet));
            ranges.add(range);
        }
        json.add("ranges", ranges);
        JsonArray routes = new JsonArray();
        Fields.of(ipam).objects("routes").forEach(route -> routes.add(route.json()));
        node.networks().forEach(network -> routes.add(entry("dst", network)));
        json.add("routes", routes);
        return json;
    }

    private static JsonObject entry(String key, IpPrefix value) {
        JsonObject json = new JsonObject();
        json.addProperty(key, value.toString());
        return json;
    }
}
