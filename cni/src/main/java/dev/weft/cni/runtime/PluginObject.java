package dev.weft.cni.runtime;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.weft.cni.CniException;
import dev.weft.cni.Dns;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One plugin of a network: its object in the configuration, with all keys that it has there.
///
/// @param type the plugin's name
/// @param json the object as it was written
/// @param file where it stands, if it is not in the network's own file
public record PluginObject(String type, JsonObject json, Optional<Path> file) {

    /// Accepts an object whose well-known keys have the right types.
    ///
    /// @throws CniException when there is no type, or a well-known key is wrong
    public static PluginObject of(JsonObject json, Optional<Path> file) {
        Fields fields = Fields.of(json);
        String type = fields.text("type").orElse("");
        if (type.isEmpty()) {
            throw new CniException(ErrorCode.INVALID_CONFIGURATION, "missing 'type'");
        }
        fields.text("name");
        fields.text("cniVersion");
        fields.object("ipam").ifPresent(ipam -> ipam.text("type"));
        fields.object("dns").ifPresent(Dns::of);
        PluginObject plugin = new PluginObject(type, json, file);
        plugin.capabilities();
        return plugin;
    }

    /// The capabilities that it declares, so that it wants to be given their values.
    public Set<String> capabilities() {
        Optional<Fields> declared = Fields.of(json).object("capabilities");
        return declared.map(Fields::json).stream()
                .flatMap(object -> object.entrySet().stream())
                .filter(entry -> isTrue(declared.get(), entry))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isTrue(Fields capabilities, Map.Entry<String, JsonElement> entry) {
        if (entry.getValue() instanceof JsonPrimitive value && value.isBoolean()) {
            return value.getAsBoolean();
        }
        if (entry.getValue().isJsonNull()) {
            return false;
        }
        throw capabilities.wrong(entry.getKey(), "true or false");
    }
}
