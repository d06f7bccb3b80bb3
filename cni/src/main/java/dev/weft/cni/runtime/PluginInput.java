package dev.weft.cni.runtime;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.weft.cni.AttachmentId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// What a plugin reads from its standard input: its object, completed by the runtime
/// (specification, section 4, "Deriving request configuration from plugin configuration").
final class PluginInput {
    private static final String VALID = "cni.dev/valid-attachments";

    /// What VALID was called in an early text of 1.1.0.
    private static final String VALID_EARLY = "cni.dev/attachments";

    private final JsonObject json;

    private PluginInput(JsonObject json) {
        this.json = json;
    }

    /// For STATUS. What only a runtime may say is not taken from the file: read by a plugin, a list
    /// of valid attachments there would be an order to delete.
    static PluginInput of(NetworkList network, PluginObject plugin) {
        PluginInput input = new PluginInput(plugin.json().deepCopy());
        input.remove(VALID);
        input.remove(VALID_EARLY);
        input.put("cniVersion", text(network.version()));
        input.put("name", text(network.name()));
        return input;
    }

    /// For ADD, CHECK and DEL.
    static PluginInput of(
            NetworkList network,
            PluginObject plugin,
            JsonObject capabilities,
            Optional<JsonObject> previous) {
        PluginInput input = of(network, plugin);
        previous.ifPresent(result -> input.put("prevResult", result));
        JsonObject wanted = new JsonObject();
        for (Map.Entry<String, JsonElement> entry : capabilities.entrySet()) {
            if (plugin.capabilities().contains(entry.getKey())) {
                wanted.add(entry.getKey(), entry.getValue());
            }
        }
        if (!wanted.isEmpty()) {
            input.put("runtimeConfig", wanted);
        }
        return input;
    }

    /// For GC.
    ///
    /// @param valid nothing when the caller does not say: then plugins are told nothing
    static PluginInput of(
            NetworkList network,
            PluginObject plugin,
            Optional<? extends Collection<AttachmentId>> valid) {
        PluginInput input = of(network, plugin);
        valid.ifPresent(ids -> {
            JsonArray list = list(ids);
            input.put(VALID, list);
            input.put(VALID_EARLY, list);
        });
        return input;
    }

    private static JsonArray list(Collection<AttachmentId> ids) {
        JsonArray list = new JsonArray();
        for (AttachmentId id : ids) {
            JsonObject attachment = new JsonObject();
            attachment.addProperty("containerID", id.containerId());
            attachment.addProperty("ifname", id.interfaceName());
            list.add(attachment);
        }
        return list;
    }

    private static JsonElement text(String value) {
        return new JsonPrimitive(value);
    }

    /// Instead of the key in any letter case, since readers take the last of several.
    private void put(String key, JsonElement value) {
        remove(key);
        json.add(key, value);
    }

    private void remove(String key) {
        json.keySet().removeIf(other -> other.equalsIgnoreCase(key));
    }

    JsonObject json() {
        return json;
    }
}
