package dev.weft.plugins.flannel;

import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.Configuration;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.JsonText;
import dev.weft.linux.LinuxException;
import dev.weft.linux.file.DurableFile;
import dev.weft.linux.file.DurableFile.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the reference plugin keeps what it told a delegate, one file for each container: read for
/// attachments that it made, and written so that it can remove what Weft made.
///
/// Containers in two networks of flannel have one file nevertheless, which is the last one's; Weft
/// works from its own records.
///
/// @param path of the file, whose name is the container's
record FlannelFile(Path path) {
    private static final int OWNER_ONLY = 0600;

    /// Nothing that a plugin is told comes near.
    private static final int MAX_BYTES = 1 << 20;

    String containerId() {
        return String.valueOf(path.getFileName());
    }

    /// What is in it.
    ///
    /// @return nothing when it is not there, cannot be understood, or is of another network
    Optional<Configuration> read(String network) {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isRegularFile() || found.size() > MAX_BYTES) {
                return Optional.empty();
            }
            return Optional.of(
                            Configuration.of(
                                    JsonText.parseObject(
                                            Files.readString(path), "saved configuration")))
                    .filter(saved -> saved.name().equals(network));
        } catch (CniException | LinuxException | IOException unreadable) {
            return Optional.empty();
        }
    }

    void write(JsonObject delegate) {
        try {
            Files.createDirectories(
                    path.resolveSibling(""),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (IOException failed) {
            throw failure("make the directory of", failed);
        }
        DurableFile.replace(
                path,
                JsonText.compact(delegate).getBytes(StandardCharsets.UTF_8),
                OWNER_ONLY,
                Durability.KILL);
    }

    /// Removes it, if it is the network's.
    void remove(String network) {
        if (read(network).isEmpty()) {
            return;
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            throw failure("remove", failed);
        }
    }

    /// The files of a directory.
    static List<FlannelFile> list(Path directory) {
        List<FlannelFile> all = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                files.forEach(file -> all.add(new FlannelFile(file)));
            } catch (IOException | DirectoryIteratorException failed) {
                throw new FlannelFile(directory).failure("list", failed);
            }
        }
        return all;
    }

    private CniException failure(String what, Exception cause) {
        CniException failure =
                new CniException(
                        ErrorCode.IO_FAILURE, "cannot " + what + ' ' + path + ": " + cause);
        failure.initCause(cause);
        return failure;
    }
}
