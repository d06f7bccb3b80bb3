package dev.weft.cni.runtime;

import dev.weft.cni.PluginDirectories;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// How a runtime works.
///
/// @param directories where it seeks plugins
/// @param cache of attachments; also the place of its locks
/// @param limit how long one call of a plugin may last, and how long an operation waits for another
/// @param rollsBack whether an ADD that fails deletes what it has added
/// @param environment variables that plugins inherit
public record RuntimeSettings(
        PluginDirectories directories,
        Path cache,
        Duration limit,
        boolean rollsBack,
        Map<String, String> environment) {
    /// Where libcni keeps results.
    public static final Path DEFAULT_CACHE = Path.of("/var/lib/cni");

    /// Long enough for DHCP.
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    public RuntimeSettings {
        environment = Map.copyOf(environment);
    }

    /// With the usual cache and limit, rolling back, and this process's environment.
    public static RuntimeSettings of(PluginDirectories directories) {
        return new RuntimeSettings(
                directories, DEFAULT_CACHE, DEFAULT_LIMIT, true, System.getenv());
    }

    /// This with another cache.
    public RuntimeSettings withCache(Path other) {
        return new RuntimeSettings(directories, other, limit, rollsBack, environment);
    }

    /// This with another limit of time.
    public RuntimeSettings withLimit(Duration other) {
        return new RuntimeSettings(directories, cache, other, rollsBack, environment);
    }

    /// This without roll-back: whoever calls ADD also calls DEL when it failed.
    public RuntimeSettings withoutRollBack() {
        return new RuntimeSettings(directories, cache, limit, false, environment);
    }
}
