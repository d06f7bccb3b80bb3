package dev.weft.plugins;

import dev.weft.cni.Plugin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All plugins, working at one site.
public final class PluginSet {
    private final Map<String, Plugin> byType;

    /// The plugins of a site.
    public PluginSet(Site site) {
        this.byType =
                Stream.<Plugin>of(new Bridge(site))
                        .collect(Collectors.toUnmodifiableMap(Plugin::type, Function.identity()));
    }

    /// The plugin of a name.
    public Optional<Plugin> find(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    /// The names of all plugins, sorted.
    public List<String> types() {
        return byType.keySet().stream().sorted().toList();
    }
}
