package dev.weft.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// Directories of a benchmark, removed with everything in them when it ends.
///
/// @param disk on the file system of the checkout
/// @param memory on the one of `/run`
record CniPlaces(Path disk, Path memory) implements AutoCloseable {

    /// Makes them.
    ///
    /// @param peers where the compiled peers are
    static CniPlaces make(Path peers) {
        try {
            Path beside = peers.toAbsolutePath().normalize().resolveSibling("cni");
            return new CniPlaces(
                    Files.createTempDirectory(Files.createDirectories(beside), "run-"),
                    Files.createTempDirectory(Path.of("/run"), "cni-"));
        } catch (IOException refused) {
            throw new UncheckedIOException("no place to work in", refused);
        }
    }

    /// Which file system a directory is on.
    static String fileSystem(Path directory) {
        try {
            return Files.getFileStore(directory).type();
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot look at " + directory, refused);
        }
    }

    @Override
    public void close() {
        remove(disk);
        remove(memory);
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot remove " + directory, refused);
        }
    }
}
