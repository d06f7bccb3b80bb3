package dev.weft.cni;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One call of a plugin.
///
/// @param command what to do
/// @param attachment which interface of which container; both names are empty for GC and STATUS
/// @param netns the namespace's path as the runtime gave it; absent when it gave none
/// @param sandbox a path at which this process can open that namespace, if it differs from `netns`
/// @param arguments CNI_ARGS
/// @param pluginDirectories CNI_PATH
/// @param environment all variables of the caller
/// @param configuration what was on standard input
/// @param diagnostics what the caller gets on standard error
public record Request(
        Command command,
        AttachmentId attachment,
        Optional<String> netns,
        Optional<Path> sandbox,
        String arguments,
        PluginDirectories pluginDirectories,
        Map<String, String> environment,
        Configuration configuration,
        Diagnostics diagnostics) {
    public Request {
        environment = Map.copyOf(environment);
    }

    /// The network's name.
    public String network() {
        return configuration.name();
    }

    /// The interface's name inside the container.
    public String interfaceName() {
        return attachment.interfaceName();
    }

    /// The container's id.
    public String containerId() {
        return attachment.containerId();
    }

    /// Where to open the container's namespace.
    public Optional<Path> namespacePath() {
        return sandbox.or(() -> netns.map(Path::of));
    }

    /// This for another command, as an ADD that failed asks its IPAM plugin to delete.
    public Request withCommand(Command other) {
        return new Request(
                other,
                attachment,
                netns,
                sandbox,
                arguments,
                pluginDirectories,
                environment,
                configuration,
                diagnostics);
    }

    /// This with another configuration.
    public Request withConfiguration(JsonObject json) {
        return new Request(
                command,
                attachment,
                netns,
                sandbox,
                arguments,
                pluginDirectories,
                environment,
                Configuration.of(json),
                diagnostics);
    }

    /// The attachments that a GC's caller still knows.
    ///
    /// @return nothing when the caller did not say: then nothing may be removed
    public Optional<Set<AttachmentId>> validAttachments() {
        return configuration.validAttachments();
    }
}
