package dev.weft.cni.runtime;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.JsonText;
import dev.weft.cni.VersionNumber;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A network's configuration: a list of plugins that are called one after the other (specification,
/// section 1).
///
/// @param name the network's
/// @param version the one that was chosen, as it was written: a plugin compares it exactly
/// @param disablesCheck whether CHECK is not to be called
/// @param disablesCollection whether GC is not to be called
/// @param onlyInlined whether files beside the network's own add no plugins
/// @param plugins in the order of ADD
/// @param text the configuration as it was read
/// @param file where it was read, if from a file
public record NetworkList(
        String name,
        String version,
        boolean disablesCheck,
        boolean disablesCollection,
        boolean onlyInlined,
        List<PluginObject> plugins,
        String text,
        Optional<Path> file) {

    public NetworkList {
        plugins = List.copyOf(plugins);
    }

    /// Reads a list. Plugins in files beside it are added by [NetworkDirectory].
    ///
    /// @throws CniException when it is malformed
    public static NetworkList parse(String text) {
        JsonObject json = JsonText.parseObject(text, "configuration list");
        Fields fields = Fields.of(json);
        boolean onlyInlined = flag(fields, "loadOnlyInlinedPlugins");
        return new NetworkList(
                fields.text("name")
                        .filter(name -> !name.isEmpty())
                        .orElseThrow(() -> invalid("no name")),
                selectVersion(fields),
                flag(fields, "disableCheck"),
                flag(fields, "disableGC"),
                onlyInlined,
                inlined(json, onlyInlined),
                text,
                Optional.empty());
    }

    /// Makes a list of a configuration that is one plugin, as they were before 1.0.0.
    ///
    /// @throws CniException when it is malformed
    public static NetworkList parseSingle(String text) {
        JsonObject json = JsonText.parseObject(text, "configuration");
        PluginObject plugin = PluginObject.of(json, Optional.empty());
        Fields fields = Fields.of(json);
        JsonArray plugins = new JsonArray();
        plugins.add(json);
        JsonObject list = new JsonObject();
        list.addProperty("name", fields.text("name").orElse(""));
        list.addProperty("cniVersion", fields.text("cniVersion").orElse(""));
        list.add("plugins", plugins);
        return new NetworkList(
                fields.text("name").orElse(""),
                fields.text("cniVersion").orElse(""),
                false,
                false,
                true,
                List.of(plugin),
                JsonText.compact(list),
                Optional.empty());
    }

    /// This with plugins more, from files.
    NetworkList plus(List<PluginObject> others) {
        return with(Stream.concat(plugins.stream(), others.stream()).toList(), file);
    }

    NetworkList from(Path source) {
        return with(plugins, Optional.of(source));
    }

    private NetworkList with(List<PluginObject> all, Optional<Path> source) {
        return new NetworkList(
                name, version, disablesCheck, disablesCollection, onlyInlined, all, text, source);
    }

    /// The version's number.
    ///
    /// @throws CniException when it is no version
    public VersionNumber number() {
        return VersionNumber.parse(version);
    }

    /// The version, as far as it is one that results can be read in.
    ///
    /// @throws CniException when it is not
    public CniVersion knownVersion() {
        return CniVersion.find(version)
                .orElseThrow(() ->
                        new CniException(
                                ErrorCode.INCOMPATIBLE_VERSION,
                                "incompatible CNI versions",
                                "config is \"" + version + '"'));
    }

    /// All capabilities that some plugin of the list declares.
    public Set<String> capabilities() {
        Set<String> all = new TreeSet<>();
        plugins.forEach(plugin -> all.addAll(plugin.capabilities()));
        return all;
    }

    /// The highest of `cniVersions` that is known; without such a list, whatever `cniVersion` says.
    private static String selectVersion(Fields fields) {
        String written = fields.text("cniVersion").orElse("");
        List<String> versions = new ArrayList<>(fields.strings("cniVersions"));
        if (versions.isEmpty()) {
            return written;
        }
        if (!written.isEmpty()) {
            versions.add(written);
        }
        VersionNumber newest = VersionNumber.of(CniVersion.newest());
        String selected = written;
        Optional<VersionNumber> highest = Optional.empty();
        for (String version : versions) {
            VersionNumber number = VersionNumber.parse(version);
            boolean isHigher =
                    highest.map(other -> number.compareTo(other) > 0).orElse(true)
                            && number.compareTo(newest) <= 0;
            if (isHigher) {
                highest = Optional.of(number);
                selected = version;
            }
        }
        return selected;
    }

    /// A boolean, which may also stand in quotes.
    private static boolean flag(Fields fields, String key) {
        Optional<JsonElement> value = fields.element(key);
        String text =
                value.filter(JsonElement::isJsonPrimitive)
                        .map(JsonElement::getAsString)
                        .orElse(value.isPresent() ? "" : "false");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw fields.wrong(key, "true or false");
        };
    }

    private static List<PluginObject> inlined(JsonObject json, boolean onlyInlined) {
        Fields fields = Fields.of(json);
        if (!json.has("plugins") && !fields.has("plugins")) {
            if (onlyInlined) {
                throw invalid("loadOnlyInlinedPlugins is true, but there is no 'plugins' key");
            }
            return List.of();
        }
        if (!fields.has("plugins")) {
            throw fields.wrong("plugins", "a list");
        }
        List<JsonElement> elements = fields.list("plugins", element -> element);
        if (elements.isEmpty()) {
            throw invalid("no plugins in list");
        }
        List<PluginObject> plugins = new ArrayList<>();
        for (JsonElement element : elements) {
            plugins.add(inlined(element, plugins.size()));
        }
        return plugins;
    }

    private static PluginObject inlined(JsonElement element, int index) {
        if (!(element instanceof JsonObject object)) {
            throw invalid("plugin " + index + " is no object");
        }
        try {
            return PluginObject.of(object, Optional.empty());
        } catch (CniException malformed) {
            throw invalid("failed to parse plugin config " + index + ": " + malformed.message());
        }
    }

    private static CniException invalid(String why) {
        return new CniException(
                ErrorCode.INVALID_CONFIGURATION, "error parsing configuration list: " + why);
    }
}
