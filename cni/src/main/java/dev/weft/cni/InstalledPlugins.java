package dev.weft.cni;

import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// What a plugin's type stands for: Weft's plugin in this process where the file that would be
/// executed is Weft's shim, and otherwise that file.
///
/// What was found about a file is remembered until the file changes.
public final class InstalledPlugins {
    /// A delegate may wait for a DHCP server.
    private static final Duration DELEGATE_LIMIT = Duration.ofSeconds(60);

    private final Function<String, Optional<Plugin>> own;
    private final Map<Path, Seen> seen = new ConcurrentHashMap<>();

    /// Those of a process.
    ///
    /// @param own the plugin of a type, where this process has it
    public InstalledPlugins(Function<String, Optional<Plugin>> own) {
        this.own = own;
    }

    /// Those of a process that has no plugin itself: every file is executed.
    public static InstalledPlugins none() {
        return new InstalledPlugins(_ -> Optional.empty());
    }

    /// The plugin of a type, as another plugin calls it.
    ///
    /// @param where the network namespace in which a program runs
    /// @throws CniException when there is no such file
    public Plugin find(String type, PluginDirectories directories, NetworkNamespace where) {
        PluginFile file = directories.find(type);
        return own(file).orElseGet(() -> new ExecutedPlugin(file, DELEGATE_LIMIT, where));
    }

    /// Weft's plugin that a file stands for.
    ///
    /// @return nothing when the file is to be executed
    public Optional<Plugin> own(PluginFile file) {
        return isShim(file) ? own.apply(file.type()) : Optional.empty();
    }

    private boolean isShim(PluginFile file) {
        Optional<Identity> now = Identity.of(file.path());
        Seen known = seen.get(file.path());
        if (known == null || !now.equals(Optional.of(known.identity()))) {
            known = new Seen(now.orElse(Identity.NONE), file.isShim());
            seen.put(file.path(), known);
        }
        return known.isShim();
    }

    private record Seen(Identity identity, boolean isShim) {}

    /// What tells a file from the one that takes its name later.
    private record Identity(Object key, FileTime changed, long sizeBytes) {
        static final Identity NONE = new Identity("", FileTime.fromMillis(0), 0);

        static Optional<Identity> of(Path path) {
            try {
                BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
                return Optional.of(
                        new Identity(found.fileKey(), found.lastModifiedTime(), found.size()));
            } catch (IOException unreadable) {
                return Optional.empty();
            }
        }
    }
}
