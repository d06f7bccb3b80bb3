package dev.weft.bench;

import java.nio.file.Path;
import java.util.List;

/// Somebody's plugins, as a runtime finds them.
///
/// @param agent the process that works for them, or 0
/// @param directory that has them
/// @param variables of their environment, beyond those of CNI
record CniPlugins(long agent, Path directory, List<String> variables) {
    /// Debian's package of the reference plugins, version 1.1.1 in Debian 12.
    static final CniPlugins REFERENCE = new CniPlugins(0, Path.of("/usr/lib/cni"), List.of());

    CniPlugins {
        variables = List.copyOf(variables);
    }
}
