package dev.weft.plugins.site;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.JsonText;
import dev.weft.cni.Request;
import dev.weft.linux.LinuxException;
import dev.weft.linux.file.BootId;
import dev.weft.linux.file.DurableFile;
import dev.weft.linux.file.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The attachment records of a node: a file each, in a directory for each network.
///
/// A record is written before its plugin makes anything and removed when nothing is left, so what a
/// killed operation left is always in one. Nothing is forced to the disk, since what records are
/// about does not survive a reboot either.
public final class AttachmentRecords {
    /// File systems end names at 255 bytes.
    private static final int MAX_NAME_BYTES = 200;

    /// Nothing that a plugin writes comes near.
    private static final int MAX_RECORD_BYTES = 1 << 20;

    private static final int OWNER_ONLY = 0600;

    /// Far longer than a replacement takes.
    private static final Duration ABANDONED = Duration.ofMinutes(1);

    private final Path directory;

    public AttachmentRecords(Path directory) {
        this.directory = directory;
    }

    /// Which boot this is.
    private static final class Boot {
        static final String ID = BootId.current().toString();
    }

    /// Whether a record is about what this boot's kernel has.
    static boolean isOfThisBoot(AttachmentRecord record) {
        return record.bootId().equals(Boot.ID);
    }

    /// Writes a record where none is. One write makes it; a process that is killed before leaves an
    /// empty file, which is as good as none.
    ///
    /// @return false when there is one
    public boolean create(Request request, String plugin, JsonObject content) {
        return create(
                request.network(),
                file(request.network(), request.attachment(), plugin),
                bytes(request, plugin, content));
    }

    private boolean create(String network, Path file, byte[] bytes) {
        try {
            return create(file, bytes);
        } catch (NoSuchFileException firstOfNetwork) {
            makeDirectory(directory.resolve(network));
            try {
                return create(file, bytes);
            } catch (IOException failed) {
                throw failure("write", file, failed);
            }
        } catch (IOException failed) {
            throw failure("write", file, failed);
        }
    }

    private static boolean create(Path file, byte[] bytes) throws IOException {
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (NoSuchFileException noDirectory) {
            throw noDirectory;
        } catch (IOException failed) {
            Files.deleteIfExists(file);
            throw failed;
        }
    }

    /// Writes a record, instead of one that may be there.
    public void write(Request request, String plugin, JsonObject content) {
        Path file = file(request.network(), request.attachment(), plugin);
        byte[] bytes = bytes(request, plugin, content);
        if (!create(request.network(), file, bytes)) {
            replace(file, bytes);
        }
    }

    private static void replace(Path file, byte[] bytes) {
        DurableFile.replace(file, bytes, OWNER_ONLY, DurableFile.Durability.KILL);
    }

    private static byte[] bytes(Request request, String plugin, JsonObject content) {
        AttachmentRecord record =
                new AttachmentRecord(
                        plugin, request.network(), request.attachment(), Boot.ID, content);
        return JsonText.compact(record.toJson()).getBytes(StandardCharsets.UTF_8);
    }

    /// Makes a directory, with those above it.
    void makeDirectory(Path missing) {
        try {
            Files.createDirectories(missing);
        } catch (IOException failed) {
            throw failure("make directory for", missing, failed);
        }
    }

    /// Makes sure that a record could be written.
    ///
    /// @throws CniException when no record could be written
    public void requireWritable() {
        makeDirectory(directory);
        if (!Files.isWritable(directory)) {
            throw failure("write", directory, new IOException("it is read-only"));
        }
    }

    /// The record of an attachment. One that cannot be understood is as good as none.
    public Optional<AttachmentRecord> find(String network, AttachmentId attachment, String plugin) {
        return read(file(network, attachment, plugin))
                .filter(record ->
                        record.plugin().equals(plugin)
                                && record.network().equals(network)
                                && record.attachment().equals(attachment));
    }

    /// As [#find], of a request's attachment.
    public Optional<AttachmentRecord> find(Request request, String plugin) {
        return find(request.network(), request.attachment(), plugin);
    }

    /// Removes a record, if it is there.
    public void remove(String network, AttachmentId attachment, String plugin) {
        Path file = file(network, attachment, plugin);
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw failure("remove", file, failed);
        }
    }

    /// The records that a plugin has of attachments of a network that are not valid any more.
    public List<AttachmentRecord> abandoned(
            String network, String plugin, Set<AttachmentId> valid) {
        return list(network, plugin).stream()
                .filter(record -> !valid.contains(record.attachment()))
                .toList();
    }

    /// Tears down what such records tell of. One that cannot be read tells nothing, and goes.
    ///
    /// @param decoder of what the plugin keeps in its records
    /// @param tearDown removes the record too, as the last of its attempts
    public <T> void collect(
            Work work,
            String network,
            String plugin,
            Set<AttachmentId> valid,
            Function<Fields, T> decoder,
            BiConsumer<Owner, T> tearDown) {
        for (AttachmentRecord record : abandoned(network, plugin, valid)) {
            AttachmentId attachment = record.attachment();
            record.read(decoder)
                    .ifPresentOrElse(
                            content -> tearDown.accept(Owner.of(network, attachment), content),
                            () ->
                                    work.attempt(
                                            "remove record",
                                            () -> remove(network, attachment, plugin)));
        }
    }

    /// All records that a plugin has of a network. What killed writers left there goes.
    public List<AttachmentRecord> list(String network, String plugin) {
        List<AttachmentRecord> all = new ArrayList<>();
        Path ofNetwork = directory.resolve(network);
        if (!Files.isDirectory(ofNetwork)) {
            return all;
        }
        DurableFile.sweep(ofNetwork, Instant.now().minus(ABANDONED));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(ofNetwork)) {
            for (Path file : files) {
                read(file)
                        .filter(record ->
                                record.plugin().equals(plugin)
                                        && record.network().equals(network)
                                        && name(record.attachment(), plugin).equals(nameOf(file)))
                        .ifPresent(all::add);
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

    /// Nobody but this class makes such files, and it makes no links, pipes or devices.
    private static Optional<AttachmentRecord> read(Path file) {
        try {
            return SmallFile.find(file, MAX_RECORD_BYTES)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .map(text -> JsonText.parseObject(text, "attachment record"))
                    .map(AttachmentRecord::of);
        } catch (CniException | LinuxException unreadable) {
            return Optional.empty();
        }
    }

    private Path file(String network, AttachmentId attachment, String plugin) {
        return directory.resolve(network).resolve(name(attachment, plugin));
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    /// No part contains a colon, so names are unambiguous; too long ones are hashed.
    private static String name(AttachmentId attachment, String plugin) {
        String name = attachment.containerId() + ":" + attachment.interfaceName() + ":" + plugin;
        return name.length() > MAX_NAME_BYTES ? hash(name) : name;
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
}
