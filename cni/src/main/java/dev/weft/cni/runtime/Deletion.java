package dev.weft.cni.runtime;

import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.linux.LinuxException;
import java.util.List;
import java.util.Optional;

/// The DELs of an attachment, in the reverse order of the plugins, each whatever happens to the
/// others.
record Deletion(NetworkList network, Attachment attachment, PluginCaller caller) {

    /// @param previous the result that the plugins are shown
    void run(List<PluginObject> plugins, Optional<JsonObject> previous, Failures failures) {
        for (PluginObject plugin : plugins.reversed()) {
            failures.collect(() -> run(plugin, previous));
        }
    }

    private void run(PluginObject plugin, Optional<JsonObject> previous) {
        try {
            caller.call(
                    caller.file(plugin),
                    Command.DEL,
                    attachment,
                    PluginInput.of(network, plugin, attachment.capabilities(), previous).json());
        } catch (CniException | LinuxException failed) {
            throw failed(plugin, network, "delete", failed);
        }
    }

    /// Names the plugin, as libcni does, and keeps the code.
    static CniException failed(
            PluginObject plugin, NetworkList network, String operation, RuntimeException cause) {
        CniException reason = CniException.of(cause);
        return new CniException(
                reason.code(),
                "plugin type=\""
                        + plugin.type()
                        + "\" name=\""
                        + network.name()
                        + "\" failed ("
                        + operation
                        + "): "
                        + reason.text(),
                reason.details());
    }
}
