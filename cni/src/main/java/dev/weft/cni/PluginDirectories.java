package dev.weft.cni;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where plugins are sought: CNI_PATH.
///
/// @param paths the first that has a plugin of the type sought counts
public record PluginDirectories(List<Path> paths) {
    public PluginDirectories {
        paths = List.copyOf(paths);
    }

    /// Reads paths that are separated by colons. Empty ones are left out.
    public static PluginDirectories parse(String text) {
        List<Path> paths = new ArrayList<>();
        for (String directory : text.split(":", -1)) {
            if (!directory.isEmpty()) {
                paths.add(Path.of(directory));
            }
        }
        return new PluginDirectories(paths);
    }

    /// The file of a plugin.
    ///
    /// @throws CniException when the type can be no file's name, or no directory has it
    public PluginFile find(String type) {
        if (type.isEmpty()) {
            throw new CniException(ErrorCode.INVALID_CONFIGURATION, "no plugin name provided");
        }
        if (type.indexOf('/') >= 0) {
            throw new CniException(ErrorCode.INVALID_CONFIGURATION, "invalid plugin name: " + type);
        }
        if (paths.isEmpty()) {
            throw new CniException(ErrorCode.INVALID_ENVIRONMENT, "no paths provided");
        }
        return tryFind(type)
                .orElseThrow(() ->
                        new CniException(
                                ErrorCode.INTERNAL,
                                "failed to find plugin \""
                                        + type
                                        + "\" in path ["
                                        + words()
                                        + "]"));
    }

    /// As [#find], where a missing plugin is no error.
    public Optional<PluginFile> tryFind(String type) {
        for (Path directory : paths) {
            Path path = directory.resolve(type);
            if (Files.isRegularFile(path)) {
                return Optional.of(new PluginFile(type, path.toAbsolutePath()));
            }
        }
        return Optional.empty();
    }

    private String words() {
        return paths.stream().map(Path::toString).collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return paths.stream().map(Path::toString).collect(Collectors.joining(":"));
    }
}
