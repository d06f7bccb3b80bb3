package dev.weft.plugins;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.JsonText;
import dev.weft.cni.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The attachment records of a node: a file each, in a directory for each network.
///
/// A record is written before its plugin makes anything and removed when nothing is left, so what a
/// killed operation left is always in one. Files are replaced whole; they are not forced to the
/// disk, since what they are about does not survive a reboot either.
final class AttachmentRecords {
    private static final int MAX_NAME_BYTES = 200;

    private final Path directory;

    AttachmentRecords(Path directory) {
        this.directory = directory;
    }

    /// Writes a record, instead of one that is there.
    void write(Request request, String plugin, JsonObject content) {
        AttachmentRecord record =
                new AttachmentRecord(
                        plugin, request.network(), request.attachment(), Boot.ID, content);
        Path file = file(request.network(), request.attachment(), plugin);
        Path temporary =
                file.resolveSibling(
                        "." + file.getFileName() + "." + Thread.currentThread().threadId());
        byte[] bytes = JsonText.compact(record.toJson()).getBytes(StandardCharsets.UTF_8);
        try {
            try {
                Files.write(temporary, bytes);
            } catch (NoSuchFileException firstOfNetwork) {
                Files.createDirectories(file.getParent());
                Files.write(temporary, bytes);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw failure("write", file, failed);
        }
    }

    /// The record of an attachment. One that cannot be understood is as good as none.
    Optional<AttachmentRecord> find(String network, AttachmentId attachment, String plugin) {
        return read(file(network, attachment, plugin));
    }

    /// As [#find], of a request's attachment.
    Optional<AttachmentRecord> find(Request request, String plugin) {
        return find(request.network(), request.attachment(), plugin);
    }

    /// Removes a record, if it is there.
    void remove(String network, AttachmentId attachment, String plugin) {
        Path file = file(network, attachment, plugin);
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw failure("remove", file, failed);
        }
    }

    /// All records that a plugin has of a network.
    List<AttachmentRecord> list(String network, String plugin) {
        List<AttachmentRecord> all = new ArrayList<>();
        Path ofNetwork = directory.resolve(network);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(ofNetwork)) {
            for (Path file : files) {
                read(file).filter(record -> record.plugin().equals(plugin)).ifPresent(all::add);
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failed) {
            throw failure("list", ofNetwork, failed);
        } catch (DirectoryIteratorException failed) {
            throw failure("list", ofNetwork, new IOException(failed));
        }
        return all;
    }

    private static Optional<AttachmentRecord> read(Path file) {
        try {
            JsonObject json = JsonText.parseObject(Files.readString(file), "attachment record");
            return Optional.of(AttachmentRecord.of(json));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (CniException | IOException unreadable) {
            return Optional.empty();
        }
    }

    /// No part contains a colon, so names are unambiguous; too long ones are hashed.
    private Path file(String network, AttachmentId attachment, String plugin) {
        String name = attachment.containerId() + ":" + attachment.interfaceName() + ":" + plugin;
        if (name.length() > MAX_NAME_BYTES) {
            name = hash(name);
        }
        return directory.resolve(network).resolve(name);
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static CniException failure(String what, Path file, IOException cause) {
        CniException failure =
                new CniException(
                        ErrorCode.IO_FAILURE,
                        "cannot " + what + " attachment record " + file + ": " + cause);
        failure.initCause(cause);
        return failure;
    }

    /// Which boot this is.
    private static final class Boot {
        private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");
        static final String ID = read();

        private static String read() {
            try {
                return Files.readString(FILE).strip();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
