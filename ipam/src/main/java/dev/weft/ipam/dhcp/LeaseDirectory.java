package dev.weft.ipam.dhcp;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.file.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Saved leases in a directory, one small file each, whose name is a hash of what it belongs to.
///
/// A file has its old content or its new, wherever the process is killed. Nothing is forced to the
/// disk: a reboot, which alone could lose it, ends the containers too.
public final class LeaseDirectory {
    private static final String SUFFIX = ".lease";
    private static final int OWNER_ONLY = 0600;

    /// Far longer than a replacement takes.
    private static final Duration ABANDONED = Duration.ofMinutes(1);

    private final Path directory;

    /// @param directory is made when the first lease is saved
    public LeaseDirectory(Path directory) {
        this.directory = directory;
    }

    /// What a directory has.
    ///
    /// @param leases in no order
    /// @param unreadable files that are no leases, each with the reason
    public record Content(List<SavedLease> leases, List<String> unreadable) {
        public Content {
            leases = List.copyOf(leases);
            unreadable = List.copyOf(unreadable);
        }
    }

    /// Saves a lease, instead of one that the attachment had.
    ///
    /// @throws CniException when the directory cannot be made
    /// @throws dev.weft.linux.KernelException when the file cannot be written; then the old one
    ///   stays
    public void save(SavedLease lease) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw failure("make", directory, failed);
        }
        DurableFile.replace(
                file(lease.network(), lease.attachment()),
                lease.encode(),
                OWNER_ONLY,
                DurableFile.Durability.KILL);
    }

    /// Forgets an attachment's lease; one that is not there is well.
    ///
    /// @throws CniException when its file cannot be removed
    public void forget(String network, AttachmentId attachment) {
        Path file = file(network, attachment);
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw failure("remove", file, failed);
        }
    }

    /// Reads all leases, and sweeps what killed writers left.
    ///
    /// @throws CniException when the directory cannot be listed
    public Content load() {
        List<SavedLease> leases = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return new Content(leases, unreadable);
        }
        DurableFile.sweep(directory, Instant.now().minus(ABANDONED));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                try {
                    leases.add(read(file));
                } catch (CniException | IOException wrong) {
                    unreadable.add(file + ": " + wrong.getMessage());
                }
            }
        } catch (DirectoryIteratorException failed) {
            throw failure("list", directory, new IOException(failed));
        } catch (IOException failed) {
            throw failure("list", directory, failed);
        }
        return new Content(leases, unreadable);
    }

    private static SavedLease read(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return SavedLease.decode(content.readNBytes(SavedLease.MAX_BYTES + 1));
        }
    }

    private Path file(String network, AttachmentId attachment) {
        String key =
                String.join("\0", network, attachment.containerId(), attachment.interfaceName());
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.UTF_8));
            return directory.resolve(HexFormat.of().formatHex(hash, 0, 16) + SUFFIX);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static CniException failure(String what, Path path, IOException cause) {
        CniException failure =
                new CniException(
                        ErrorCode.IO_FAILURE, "cannot " + what + " " + path, cause.toString());
        failure.initCause(cause);
        return failure;
    }
}
