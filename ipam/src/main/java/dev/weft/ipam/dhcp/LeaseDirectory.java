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
import java.util.function.Function;

/// Saved leases in a directory, one small file each, whose name is a hash of what it belongs to.
///
/// A file has its old content or its new, wherever the process is killed. Nothing is forced to the
/// disk: a reboot, which alone could lose it, ends the containers too.
public final class LeaseDirectory {
    private static final String SUFFIX = ".lease";
    private static final String SUFFIX_OF_DHCPV6 = ".lease6";
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
    /// @param leases of IPv4 addresses, in no order
    /// @param dhcpv6Leases those of IPv6
    /// @param unreadable files that are no leases, each with the reason
    public record Content(
            List<SavedLease> leases, List<SavedDhcpv6Lease> dhcpv6Leases, List<String> unreadable) {
        public Content {
            leases = List.copyOf(leases);
            dhcpv6Leases = List.copyOf(dhcpv6Leases);
            unreadable = List.copyOf(unreadable);
        }
    }

    /// Saves a lease, instead of one that the attachment had.
    ///
    /// @throws CniException when the directory cannot be made
    /// @throws dev.weft.linux.KernelException when the file cannot be written; then the old one
    ///   stays
    public void save(SavedLease lease) {
        write(file(lease.network(), lease.attachment(), SUFFIX), lease.encode());
    }

    /// Saves a DHCPv6 lease, as the other.
    ///
    /// @throws CniException as the other
    public void save(SavedDhcpv6Lease lease) {
        write(file(lease.network(), lease.attachment(), SUFFIX_OF_DHCPV6), lease.encode());
    }

    private void write(Path file, byte[] content) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw failure("make", directory, failed);
        }
        DurableFile.replace(file, content, OWNER_ONLY, DurableFile.Durability.KILL);
    }

    /// Forgets an attachment's lease; one that is not there is well.
    ///
    /// @throws CniException when its file cannot be removed
    public void forget(String network, AttachmentId attachment) {
        remove(file(network, attachment, SUFFIX));
    }

    /// Forgets an attachment's DHCPv6 lease, as the other.
    ///
    /// @throws CniException as the other
    public void forgetDhcpv6(String network, AttachmentId attachment) {
        remove(file(network, attachment, SUFFIX_OF_DHCPV6));
    }

    private static void remove(Path file) {
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
        if (!Files.isDirectory(directory)) {
            return new Content(List.of(), List.of(), List.of());
        }
        DurableFile.sweep(directory, Instant.now().minus(ABANDONED));
        List<String> unreadable = new ArrayList<>();
        return new Content(
                load(SUFFIX, SavedLease::decode, unreadable),
                load(SUFFIX_OF_DHCPV6, SavedDhcpv6Lease::decode, unreadable),
                unreadable);
    }

    private <T> List<T> load(String suffix, Function<byte[], T> decoder, List<String> unreadable) {
        List<T> leases = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + suffix)) {
            for (Path file : files) {
                try {
                    leases.add(decoder.apply(read(file)));
                } catch (CniException | IOException wrong) {
                    unreadable.add(file + ": " + wrong.getMessage());
                }
            }
        } catch (DirectoryIteratorException failed) {
            throw failure("list", directory, new IOException(failed));
        } catch (IOException failed) {
            throw failure("list", directory, failed);
        }
        return leases;
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(SavedLease.MAX_BYTES + 1);
        }
    }

    private Path file(String network, AttachmentId attachment, String suffix) {
        String key =
                String.join("\0", network, attachment.containerId(), attachment.interfaceName());
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.UTF_8));
            return directory.resolve(HexFormat.of().formatHex(hash, 0, 16) + suffix);
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
