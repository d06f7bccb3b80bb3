package dev.weft.cni;

import dev.weft.linux.namespace.NetworkNamespace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A plugin's process as it was started: by a runtime, or by the shim on its behalf.
///
/// @param plugin the name that it was started by
/// @param environment all variables
/// @param input what is on standard input, UTF-8
/// @param own the caller's network namespace
/// @param sandbox a path at which this process can open the container's namespace, if it differs
///   from CNI_NETNS
public record PluginCall(
        String plugin,
        Map<String, String> environment,
        String input,
        NetworkNamespace own,
        Optional<Path> sandbox) {
    public PluginCall {
        environment = Map.copyOf(environment);
    }

    /// Input as it came; what is no UTF-8 is replaced, as the reference implementation does.
    public static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    String variable(String name) {
        return environment.getOrDefault(name, "");
    }
}
