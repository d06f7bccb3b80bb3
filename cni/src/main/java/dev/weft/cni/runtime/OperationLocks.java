package dev.weft.cni.runtime;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.file.FileLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/// Keeps operations apart that the specification does not allow at once, in all processes that use
/// the same directory: two on one container, and a GC of a network beside any other on it.
///
/// A network's lock is always taken before a container's. There is a fixed number of locks for
/// containers, so that their files stay few; two containers with the same one wait for each other.
///
/// @param directory of the lock files
/// @param limit how long one operation waits for another
record OperationLocks(Path directory, Duration limit) {
    private static final int OWNER_ONLY = 0600;

    /// Runs an operation on one container.
    <T> T attaching(String network, String containerId, Supplier<T> operation) {
        try (FileLock _ =
                taken(FileLock.tryAcquireShared(network(network), OWNER_ONLY, limit), network)) {
            return onContainer(containerId, operation);
        }
    }

    /// Runs a GC.
    <T> T collecting(String network, Supplier<T> operation) {
        try (FileLock _ =
                taken(FileLock.tryAcquire(network(network), OWNER_ONLY, limit), network)) {
            return operation.get();
        }
    }

    /// Runs an operation on one container of a network whose lock is held.
    <T> T onContainer(String containerId, Supplier<T> operation) {
        Path path = file("container-" + HexFormat.of().toHexDigits(containerId.hashCode(), 3));
        try (FileLock _ = taken(FileLock.tryAcquire(path, OWNER_ONLY, limit), containerId)) {
            return operation.get();
        }
    }

    private FileLock taken(Optional<FileLock> lock, String of) {
        return lock.orElseThrow(() ->
                new CniException(
                        ErrorCode.TRY_AGAIN_LATER,
                        "another operation on "
                                + of
                                + " has lasted for "
                                + limit.toMillis()
                                + " ms"));
    }

    private Path network(String name) {
        return file("network-" + name);
    }

    private Path file(String name) {
        try {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        return directory.resolve(name + ".lock");
    }
}
