package dev.weft.ipam;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.file.FileLock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// A network's directory, file by file as the reference implementation has it, and the directory
/// beside it that is only Weft's. Knows nothing; every method asks the file system.
///
/// ```
///  DATA_DIR/NETWORK/10.1.0.2             id CR LF interface, without a line's end
///  DATA_DIR/NETWORK/last_reserved_ip.0   10.1.0.2
///  DATA_DIR/NETWORK/lock                 flock(2)
///  DATA_DIR/NETWORK/.weft-new            a lease before it has its name
///  DATA_DIR/.NETWORK.weft/leases         the log
/// ```
///
/// No network's name and no address begins with a dot. Every method but the first ones is called by
/// the lock's owner.
final class LeaseFiles {
    private static final String SEPARATOR = "\r\n";
    private static final int LOCK_MODE = 0750;
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(60);

    /// An id comes in one variable of the environment, which has 128 KiB at most.
    private static final int MAX_LEASE_BYTES = 256 << 10;

    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    /// Without truncating: ext4 takes that for a careless replacement, and writes the file to its
    /// device on close(2).
    private static final Set<OpenOption> REWRITE =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE);

    private final Path directory;
    private final Path own;
    private final Path fresh;
    private final Disk disk;

    LeaseFiles(Path dataDirectory, String network, Disk disk) {
        this.directory = dataDirectory.resolve(network);
        this.own = dataDirectory.resolve("." + network + ".weft");
        this.fresh = directory.resolve(".weft-new");
        this.disk = disk;
    }

    boolean exist() {
        return Files.isDirectory(directory);
    }

    void create() {
        disk.makeDirectory(directory, "rwxr-xr-x");
    }

    /// Waits until nobody else, of whatever program, changes the directory.
    FileLock lock() {
        Path file = directory.resolve("lock");
        return disk.access("lock " + file, () -> FileLock.tryAcquire(file, LOCK_MODE, LOCK_LIMIT))
                .orElseThrow(() ->
                        new CniException(
                                ErrorCode.TRY_AGAIN_LATER,
                                "somebody has locked " + directory + " for a minute"));
    }

    /// Where the log is.
    Path own() {
        return own;
    }

    /// When a name was last added or removed.
    long modifiedNanos() {
        return disk.access(
                "read time of " + directory,
                () -> nanos(Files.getLastModifiedTime(directory).toInstant()));
    }

    /// A time as it is compared and logged.
    static long nanos(Instant time) {
        return FileTime.from(time).to(TimeUnit.NANOSECONDS);
    }

    /// Sets that time to one that no other change has: the kernel itself notes the time of its last
    /// tick, and only a caller can name one between two ticks.
    long stamp(Instant now) {
        FileTime before = FileTime.from(now);
        return disk.access(
                "set time of " + directory,
                () -> {
                    FileTime last = Files.getLastModifiedTime(directory);
                    FileTime time = last.equals(before) ? FileTime.from(now.plusNanos(1)) : before;
                    setTime(directory, time);
                    return nanos(time.toInstant());
                });
    }

    private static void setTime(Path path, FileTime time) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class).setTimes(time, time, null);
    }

    /// Removes a lease's first name.
    void sweep() {
        disk.access("remove " + fresh, () -> Files.deleteIfExists(fresh));
    }

    /// The addresses that have a file, in no order.
    List<IpNumber> list() {
        return disk.access(
                "list " + directory,
                () -> {
                    List<IpNumber> addresses = new ArrayList<>();
                    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                        files.forEach(
                                file -> IpNumber.tryParse(name(file)).ifPresent(addresses::add));
                    } catch (DirectoryIteratorException broken) {
                        throw broken.getCause();
                    }
                    return addresses;
                });
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /// When a lease was written, if its file is there.
    Optional<Long> modifiedNanos(IpNumber address) {
        Path file = file(address);
        return disk.access(
                "read time of " + file,
                () -> {
                    try {
                        return Optional.of(nanos(Files.getLastModifiedTime(file).toInstant()));
                    } catch (NoSuchFileException _) {
                        return Optional.empty();
                    }
                });
    }

    /// Reads a lease, if its file is there and has anything in it: where it has not, whoever made
    /// it was killed before writing.
    Optional<Lease> read(IpNumber address) {
        Path file = file(address);
        return disk.access(
                "read " + file,
                () -> {
                    try {
                        BasicFileAttributes found =
                                Files.readAttributes(file, BasicFileAttributes.class);
                        long modified = nanos(found.lastModifiedTime().toInstant());
                        if (!found.isRegularFile()) {
                            return Optional.of(new Lease(address, Lease.NOBODY, modified));
                        }
                        return found.size() == 0
                                ? Optional.empty()
                                : Optional.of(new Lease(address, owner(file), modified));
                    } catch (NoSuchFileException _) {
                        return Optional.empty();
                    }
                });
    }

    private static AttachmentId owner(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(MAX_LEASE_BYTES);
            return bytes.length == MAX_LEASE_BYTES
                    ? Lease.NOBODY
                    : owner(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    static AttachmentId owner(String content) {
        String text = content.strip();
        int end = text.indexOf(SEPARATOR);
        return end < 0
                ? Lease.legacy(text)
                : new AttachmentId(
                        text.substring(0, end), text.substring(end + SEPARATOR.length()));
    }

    /// Makes a lease, complete or not at all: link(2) refuses a name that is taken, as open(2) with
    /// O_EXCL does. Its first name stays until [#sweep].
    ///
    /// @return whether the address was free
    boolean reserve(IpNumber address, AttachmentId owner, Instant now) {
        Path file = file(address);
        String content = owner.containerId() + SEPARATOR + owner.interfaceName();
        disk.change("make " + fresh, () -> writeFresh(content));
        disk.change("set time of " + fresh, () -> setTime(fresh, FileTime.from(now)));
        return disk.access("make " + file, () -> isLinked(file));
    }

    private void writeFresh(String content) throws IOException {
        try {
            write(fresh, content, NEW);
        } catch (FileAlreadyExistsException ofKilled) {
            // May be a lease's second name: it is not written to.
            Files.delete(fresh);
            write(fresh, content, NEW);
        }
    }

    private boolean isLinked(Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    private static void write(Path file, String text, Set<OpenOption> options) throws IOException {
        try (SeekableByteChannel channel =
                Files.newByteChannel(
                        file,
                        options,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            if (channel.size() > bytes.remaining()) {
                channel.truncate(bytes.remaining());
            }
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /// Removes a lease; one that is gone is well.
    void release(IpNumber address) {
        disk.access("remove " + file(address), () -> Files.deleteIfExists(file(address)));
    }

    /// Which address of a range set was given away last, if that is known.
    Optional<IpNumber> lastReserved(int rangeSet) {
        Path file = lastReservedFile(rangeSet);
        return disk.access(
                "read " + file,
                () -> {
                    try (InputStream content = Files.newInputStream(file)) {
                        return IpNumber.tryParse(
                                new String(content.readNBytes(64), StandardCharsets.UTF_8).strip());
                    } catch (NoSuchFileException _) {
                        return Optional.empty();
                    }
                });
    }

    void lastReserved(int rangeSet, IpNumber address) {
        Path file = lastReservedFile(rangeSet);
        disk.change("write " + file, () -> write(file, address.toString(), REWRITE));
    }

    private Path file(IpNumber address) {
        return directory.resolve(address.toString());
    }

    private Path lastReservedFile(int rangeSet) {
        return directory.resolve("last_reserved_ip." + rangeSet);
    }
}
