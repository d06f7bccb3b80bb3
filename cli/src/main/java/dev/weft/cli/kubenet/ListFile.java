package dev.weft.cli.kubenet;

import dev.weft.linux.file.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The file of the list of plugins, where runtimes look for such.
///
/// @param directory of all networks' files
record ListFile(Path directory) {
    private static final int PERMISSIONS = 0644;

    /// No such list comes near.
    private static final int MAX_BYTES = 1 << 16;

    Path path() {
        return directory.resolve(PodNetwork.FILE);
    }

    /// What is in it, if it is there.
    ///
    /// @throws IOException also when it is somebody else's
    Optional<String> text() throws IOException {
        try (InputStream stream = Files.newInputStream(path())) {
            String text = new String(stream.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            if (!PodNetwork.isOurs(text)) {
                throw new IOException(
                        path() + " is no list of the network " + PodNetwork.NAME + ": it is left");
            }
            return Optional.of(text);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    void write(String text) throws IOException {
        DurableFile.replace(
                Files.createDirectories(directory).resolve(PodNetwork.FILE),
                text.getBytes(StandardCharsets.UTF_8),
                PERMISSIONS,
                DurableFile.Durability.POWER_LOSS);
    }

    void remove() throws IOException {
        Files.deleteIfExists(path());
    }

    /// The files that runtimes prefer, since their names come first.
    List<String> preferred() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches(".*\\.(conf|conflist|json)"))
                    .filter(name -> name.compareTo(PodNetwork.FILE) < 0)
                    .sorted()
                    .toList();
        }
    }
}
