package dev.weft.cni.runtime;

import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Command;
import dev.weft.cni.InstalledPlugins;
import dev.weft.cni.JsonText;
import dev.weft.cni.Plugin;
import dev.weft.cni.PluginCall;
import dev.weft.cni.PluginFile;
import dev.weft.cni.PluginSkeleton;
import dev.weft.cni.Reply;
import dev.weft.linux.namespace.NetworkNamespace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Calls plugins, whether they are programs or in this process: with the same environment and
/// input, and with the same answers.
///
/// @param settings the runtime's
/// @param installed tells which are in this process
/// @param host the network namespace of the runtime, in which plugins run
/// @param errors gets what plugins write to standard error
record PluginCaller(
        RuntimeSettings settings,
        InstalledPlugins installed,
        NetworkNamespace host,
        Consumer<String> errors) {

    PluginFile file(PluginObject plugin) {
        return settings.directories().find(plugin.type());
    }

    /// Calls for one attachment.
    ///
    /// @throws CniException with what the plugin said
    Reply call(PluginFile file, Command command, Attachment attachment, JsonObject input) {
        return call(
                file,
                Map.of(
                        "CNI_COMMAND",
                        command.name(),
                        "CNI_CONTAINERID",
                        attachment.id().containerId(),
                        "CNI_NETNS",
                        attachment.netns().orElse(""),
                        "CNI_IFNAME",
                        attachment.id().interfaceName(),
                        "CNI_ARGS",
                        attachment.argumentText()),
                input);
    }

    /// Calls for a network.
    ///
    /// @throws CniException with what the plugin said
    Reply call(PluginFile file, Command command, JsonObject input) {
        Map<String, String> variables = new HashMap<>();
        List.of("CNI_CONTAINERID", "CNI_NETNS", "CNI_IFNAME", "CNI_ARGS")
                .forEach(name -> variables.put(name, ""));
        variables.put("CNI_COMMAND", command.name());
        return call(file, variables, input);
    }

    /// Which versions a plugin takes.
    ///
    /// @throws CniException when it does not answer
    List<CniVersion> versions(PluginFile file) {
        return installed
                .own(file)
                .map(Plugin::versions)
                .orElseGet(() -> file.versions(settings.environment(), settings.limit(), host));
    }

    private Reply call(PluginFile file, Map<String, String> variables, JsonObject input) {
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.put("CNI_PATH", settings.directories().toString());
        environment.putAll(variables);
        Reply reply = reply(file, environment, JsonText.compact(input));
        boolean isInMessage = reply.exitCode() != 0 && reply.output().isEmpty();
        if (!reply.errors().isEmpty() && !isInMessage) {
            errors.accept(reply.errors());
        }
        return reply.requireSuccess();
    }

    private Reply reply(PluginFile file, Map<String, String> environment, String input) {
        Optional<Plugin> own = installed.own(file);
        return own.isPresent()
                ? new PluginSkeleton(own.get(), "")
                        .serve(
                                new PluginCall(
                                        file.type(), environment, input, host, Optional.empty()))
                : file.execute(environment, input, settings.limit(), host);
    }
}
