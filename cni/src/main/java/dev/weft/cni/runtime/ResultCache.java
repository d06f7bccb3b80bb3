package dev.weft.cni.runtime;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.Identifiers;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginCall;
import dev.weft.linux.file.DurableFile;
import dev.weft.linux.file.DurableFile.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What attachments leave for the operations after their ADD: a file for each, as libcni writes
/// them, so that either finds the other's. Unlike libcni's, a file is written whole or not at all.
///
/// @param directory of the files
public record ResultCache(Path directory) {
    private static final int OWNER_ONLY = 0600;
    private static final Set<PosixFilePermission> PRIVATE =
            PosixFilePermissions.fromString("rwx------");

    /// Far more than a configuration and a result: a file is read into memory.
    private static final int MAX_FILE_BYTES = 16 << 20;

    /// That of a directory of caches, usually `/var/lib/cni`.
    public static ResultCache in(Path cacheDirectory) {
        return new ResultCache(cacheDirectory.resolve("results"));
    }

    /// What a file says.
    ///
    /// @param attachment all of it; absent in files of old versions of libcni
    /// @param result of the ADD
    record Content(Optional<CachedAttachment> attachment, Optional<JsonObject> result) {}

    /// Keeps an attachment.
    ///
    /// @throws dev.weft.linux.KernelException when it cannot be written
    void write(CachedAttachment attachment) {
        try {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        DurableFile.replace(
                file(attachment.network(), attachment.attachment().id()),
                attachment.text().getBytes(StandardCharsets.UTF_8),
                OWNER_ONLY,
                Durability.POWER_LOSS);
    }

    /// What is kept of an attachment.
    ///
    /// @return nothing when there is no file, or an unreadable one
    /// @throws CniException when the file is malformed
    Optional<Content> read(String network, AttachmentId id) {
        Optional<String> text = text(file(network, id));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<CachedAttachment> attachment = CachedAttachment.parse(text.get());
        return Optional.of(
                attachment.isPresent()
                        ? new Content(attachment, attachment.get().result())
                        : new Content(
                                attachment,
                                Optional.of(JsonText.parseObject(text.get(), "cached result"))));
    }

    /// As the configuration, the arguments and the namespace were at ADD.
    ///
    /// @return nothing when there is no file that says so
    public Optional<CachedAttachment> find(String network, AttachmentId id) {
        try {
            return read(network, id).flatMap(Content::attachment);
        } catch (CniException malformed) {
            return Optional.empty();
        }
    }

    /// Forgets an attachment.
    void remove(String network, AttachmentId id) {
        try {
            Files.deleteIfExists(file(network, id));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /// Every attachment that has a well-formed file, by file name. Foreign files are passed over.
    public List<CachedAttachment> list() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            all.forEach(files::add);
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (DirectoryIteratorException unreadable) {
            throw new UncheckedIOException(unreadable.getCause());
        }
        files.sort(Comparator.naturalOrder());
        return files.stream()
                .filter(file -> !file.getFileName().toString().startsWith("."))
                .flatMap(file -> load(file).stream())
                .toList();
    }

    private static Optional<CachedAttachment> load(Path file) {
        try {
            return text(file)
                    .flatMap(CachedAttachment::parse)
                    .filter(attachment ->
                            !attachment.network().isEmpty()
                                    && !attachment.attachment().id().interfaceName().isEmpty());
        } catch (CniException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MAX_FILE_BYTES
                    ? Optional.of(PluginCall.text(Files.readAllBytes(file)))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /// Names are parts of the path, so they are held to the specification here, whatever called.
    private Path file(String network, AttachmentId id) {
        return directory.resolve(
                Identifiers.requireNetworkName(network)
                        + "-"
                        + Identifiers.requireContainerId(id.containerId())
                        + "-"
                        + Identifiers.requireInterfaceName(id.interfaceName()));
    }
}
