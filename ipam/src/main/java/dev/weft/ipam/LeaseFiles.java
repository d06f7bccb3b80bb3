package dev.weft.ipam;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.file.FileLock;
import dev.weft.linux.file.SmallFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private static final int OWNER_ONLY = 0600;
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(60);

    /// An id comes in one variable of the environment, which has 128 KiB at most.
    private static final int MAX_LEASE_BYTES = 256 << 10;

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
                () -> nanos(modified(directory).orElseThrow(() -> missing(directory))));
    }

    private static Optional<Instant> modified(Path file) {
        return SmallFile.status(file).map(SmallFile.Status::modified);
    }

    private static IOException missing(Path file) {
        return new NoSuchFileException(file.toString());
    }

    /// A time as it is compared and logged.
    static long nanos(Instant time) {
        return FileTime.from(time).to(TimeUnit.NANOSECONDS);
    }

    /// Sets that time to one that no other change has: the kernel itself notes the time of its last
    /// tick, and only a caller can name one between two ticks.
    long stamp(Instant now) {
        return disk.access(
                "set time of " + directory,
                () -> {
                    boolean same = modified(directory).equals(Optional.of(now));
                    Instant time = same ? now.plusNanos(1) : now;
                    SmallFile.setModified(directory, time);
                    return nanos(time);
                });
    }

    /// Removes a lease's first name.
    void sweep() {
        disk.change("remove " + fresh, () -> SmallFile.remove(fresh));
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
        return disk.access("read time of " + file, () -> modified(file).map(LeaseFiles::nanos));
    }

    /// Reads a lease, if its file is there and has anything in it: where it has not, whoever made
    /// it was killed before writing. What is no file, a symbolic link for one, is nobody's lease.
    Optional<Lease> read(IpNumber address) {
        Path file = file(address);
        return disk.access(
                "read " + file,
                () -> SmallFile.status(file).flatMap(found -> read(address, file, found)));
    }

    private static Optional<Lease> read(IpNumber address, Path file, SmallFile.Status found) {
        long modified = nanos(found.modified());
        if (!found.isRegular() || found.sizeBytes() >= MAX_LEASE_BYTES) {
            return Optional.of(new Lease(address, Lease.NOBODY, modified));
        }
        return SmallFile.find(file, MAX_LEASE_BYTES)
                .filter(content -> content.length > 0)
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .map(content -> new Lease(address, owner(content), modified));
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
        byte[] content =
                (owner.containerId() + SEPARATOR + owner.interfaceName())
                        .getBytes(StandardCharsets.UTF_8);
        disk.change("make " + fresh, () -> makeFresh(content, now));
        return disk.access("make " + file, () -> SmallFile.link(fresh, file));
    }

    /// What a killed process left may be a lease's second name: it is not written to.
    private void makeFresh(byte[] content, Instant now) throws IOException {
        if (!SmallFile.create(fresh, content, OWNER_ONLY, now)) {
            SmallFile.remove(fresh);
            if (!SmallFile.create(fresh, content, OWNER_ONLY, now)) {
                throw new FileAlreadyExistsException(fresh.toString());
            }
        }
    }

    /// Removes a lease; one that is gone is well.
    void release(IpNumber address) {
        disk.change("remove " + file(address), () -> SmallFile.remove(file(address)));
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
        byte[] content = address.toString().getBytes(StandardCharsets.UTF_8);
        disk.change("write " + file, () -> SmallFile.overwrite(file, content, OWNER_ONLY));
    }

    private Path file(IpNumber address) {
        return directory.resolve(address.toString());
    }

    private Path lastReservedFile(int rangeSet) {
        return directory.resolve("last_reserved_ip." + rangeSet);
    }
}
