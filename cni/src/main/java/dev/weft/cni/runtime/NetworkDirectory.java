package dev.weft.cni.runtime;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginCall;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// A directory with network configurations, usually `/etc/cni/net.d`.
///
/// Networks are sought as libcni does: first in all files `.conflist`, then in those that are one
/// plugin, `.conf` and `.json`; among equals in the order of their names. A file that is malformed
/// ends the search, since nobody can know whether it was the one.
///
/// @param path the directory; it need not exist
public record NetworkDirectory(Path path) {
    /// More than any configuration: a file is read into memory.
    private static final int MAX_FILE_BYTES = 4 << 20;

    private static final Set<String> LISTS = Set.of("conflist");
    private static final Set<String> SINGLES = Set.of("conf", "json");
    private static final Set<String> DROP_INS = Set.of("conf");

    /// One file, as [#scan] finds it.
    ///
    /// @param file the path
    /// @param network what it says
    /// @param problem why it cannot be used; then there is no network
    public record Entry(Path file, Optional<NetworkList> network, Optional<CniException> problem) {}

    /// The network of a name.
    ///
    /// @throws CniException when no file has it, or one before it is malformed
    public NetworkList load(String name) {
        List<Path> lists = files(path, LISTS);
        List<Path> singles = files(path, SINGLES);
        if (lists.isEmpty() && singles.isEmpty()) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIGURATION, "no net configurations found in " + path);
        }
        return first(lists, name, NetworkDirectory::loadList)
                .or(() -> first(singles, name, NetworkDirectory::loadSingle))
                .orElseThrow(() ->
                        new CniException(
                                ErrorCode.INVALID_CONFIGURATION,
                                "no net configuration with name \"" + name + "\" in " + path));
    }

    /// Every file in the order in which [#load] looks at them. Those that are malformed do not keep
    /// the others from being listed.
    public List<Entry> scan() {
        List<Entry> entries = new ArrayList<>();
        files(path, LISTS).forEach(file -> entries.add(entry(file, NetworkDirectory::loadList)));
        files(path, SINGLES)
                .forEach(file -> entries.add(entry(file, NetworkDirectory::loadSingle)));
        return List.copyOf(entries);
    }

    private static Entry entry(Path file, Function<Path, NetworkList> load) {
        try {
            return new Entry(file, Optional.of(load.apply(file)), Optional.empty());
        } catch (CniException malformed) {
            return new Entry(file, Optional.empty(), Optional.of(malformed));
        }
    }

    private static Optional<NetworkList> first(
            List<Path> files, String name, Function<Path, NetworkList> load) {
        for (Path file : files) {
            NetworkList network = load.apply(file);
            if (network.name().equals(name)) {
                return Optional.of(network);
            }
        }
        return Optional.empty();
    }

    /// A file that is a list, with the plugins in the directory beside it that has the network's
    /// name.
    ///
    /// @throws CniException when one of the files is malformed, or there is no plugin at all
    public static NetworkList loadList(Path file) {
        return naming(
                file,
                () -> {
                    NetworkList list = NetworkList.parse(read(file)).from(file);
                    NetworkList all = list.onlyInlined() ? list : list.plus(dropIns(file, list));
                    if (all.plugins().isEmpty()) {
                        throw new CniException(
                                ErrorCode.INVALID_CONFIGURATION, "no plugin configs found");
                    }
                    return all;
                });
    }

    /// A file that is one plugin.
    ///
    /// @throws CniException when it is malformed
    public static NetworkList loadSingle(Path file) {
        return naming(file, () -> NetworkList.parseSingle(read(file)).from(file));
    }

    private static List<PluginObject> dropIns(Path file, NetworkList list) {
        if (list.name().indexOf('/') >= 0 || list.name().equals("..")) {
            return List.of();
        }
        return files(file.resolveSibling(list.name()), DROP_INS).stream()
                .map(dropIn ->
                        naming(
                                dropIn,
                                () ->
                                        PluginObject.of(
                                                JsonText.parseObject(read(dropIn), "configuration"),
                                                Optional.of(dropIn))))
                .toList();
    }

    /// Errors say in which file.
    private static <T> T naming(Path file, Supplier<T> load) {
        try {
            return load.get();
        } catch (CniException malformed) {
            throw new CniException(
                    malformed.code(), file + ": " + malformed.text(), malformed.details());
        }
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new CniException(
                        ErrorCode.INVALID_CONFIGURATION,
                        "a configuration has at most " + MAX_FILE_BYTES + " bytes");
            }
            return PluginCall.text(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new CniException(ErrorCode.IO_FAILURE, "cannot be read: " + unreadable);
        }
    }

    /// The regular files with one of the endings, by name. A directory that does not exist has
    /// none.
    private static List<Path> files(Path directory, Set<String> endings) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                String name = file.getFileName().toString();
                if (endings.contains(name.substring(name.lastIndexOf('.') + 1))
                        && name.indexOf('.') >= 0
                        && !Files.isDirectory(file)) {
                    found.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return List.of();
        } catch (IOException | DirectoryIteratorException unreadable) {
            throw new CniException(
                    ErrorCode.IO_FAILURE, "cannot read " + directory + ": " + unreadable);
        }
        found.sort(Comparator.comparing(Path::toString));
        return found;
    }
}
