package dev.weft.ipam;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/// Where files are read and changed, one access at a time.
///
/// @param accesses is told each access before it is made: "make /data/net/10.1.0.2"
record Disk(Consumer<String> accesses) {

    /// An access, which may fail with an [IOException] or a [LinuxException].
    @FunctionalInterface
    interface Access<T> {
        T run() throws IOException;
    }

    /// An access without a result.
    @FunctionalInterface
    interface Change {
        void run() throws IOException;
    }

    /// Makes an access.
    ///
    /// @param what completes "cannot"
    /// @throws CniException when it fails
    <T> T access(String what, Access<T> access) {
        accesses.accept(what);
        try {
            return access.run();
        } catch (IOException | LinuxException failed) {
            CniException error =
                    new CniException(ErrorCode.IO_FAILURE, "cannot " + what, failed.toString());
            error.initCause(failed);
            throw error;
        }
    }

    /// Makes an access that has no result.
    ///
    /// @throws CniException when it fails
    void change(String what, Change change) {
        access(
                what,
                () -> {
                    change.run();
                    return what;
                });
    }

    /// Makes a directory, and those above it, where there is none.
    ///
    /// @param mode "rwxr-xr-x", less the process's mask
    void makeDirectory(Path path, String mode) {
        change(
                "make " + path,
                () ->
                        Files.createDirectories(
                                path,
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString(mode))));
    }
}
