package dev.weft.linux.file;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.FileCalls;
import dev.weft.linux.sys.Syscalls;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Files that have their old content or their new, never half of it.
///
/// The new content goes to a file `.weft-new-` with sixteen hexadecimal digits in the same
/// directory, which then takes the name. What a killed process left of these, [#sweep] removes.
public final class DurableFile {
    private static final String PREFIX = ".weft-new-";
    private static final String PATTERN = PREFIX + "[0-9a-f]".repeat(16);
    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0x40;
    private static final int O_EXCL = 0x80;
    private static final int O_CLOEXEC = 0x80000;
    private static final int OWNER_ONLY = 0600;

    private DurableFile() {}

    /// What a replacement survives.
    public enum Durability {
        /// The end of the process at any moment; for directories that a restart empties, or whose
        /// content it makes stale.
        KILL,
        /// Also a loss of power: the call returns once file and name are on the device.
        POWER_LOSS
    }

    /// Makes a file, or replaces what has its name (also a symbolic link, not what it leads to). On
    /// failure nothing else is left, and the name is as before, unless only its own way to the
    /// device failed.
    ///
    /// @param mode the file's permissions, whatever the process's mask
    /// @throws KernelException ENOENT without the directory, ENOSPC when the device is full
    public static void replace(Path path, byte[] content, int mode, Durability durability) {
        Path target = path.toAbsolutePath();
        String temporary = target.resolveSibling(temporaryName()).toString();
        int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
        int opened = Syscalls.openat(Syscalls.AT_FDCWD, temporary, flags, OWNER_ONLY);
        boolean done = false;
        try (Descriptor file = Descriptor.of(opened, "create", temporary)) {
            SmallFile.write(file.number(), content, temporary);
            check(FileCalls.fchmod(file.number(), mode), "set mode of", temporary);
            if (durability == Durability.POWER_LOSS) {
                check(FileCalls.fsync(file.number()), "sync", temporary);
            }
            check(FileCalls.rename(temporary, target.toString()), "replace", target.toString());
            done = true;
        } finally {
            if (!done && opened >= 0) {
                FileCalls.unlink(temporary);
            }
        }
        if (durability == Durability.POWER_LOSS) {
            syncDirectory(target.resolveSibling("").toString());
        }
    }

    private static String temporaryName() {
        return PREFIX + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /// Names are written with their directory, not with the file.
    private static void syncDirectory(String directory) {
        int opened = Syscalls.openat(Syscalls.AT_FDCWD, directory, O_CLOEXEC, 0);
        try (Descriptor open = Descriptor.of(opened, "open", directory)) {
            check(FileCalls.fsync(open.number()), "sync", directory);
        }
    }

    private static void check(long result, String operation, String object) {
        KernelException.check(result, operation, object);
    }

    /// Removes what replacements that were killed left in a directory. Those of processes that are
    /// alive take milliseconds, so a limit a minute ago spares them.
    ///
    /// @param limit only files last written before this are removed
    /// @return how many were
    /// @throws KernelException when the directory cannot be read, or a file not be removed
    public static int sweep(Path directory, Instant limit) {
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PATTERN)) {
            for (Path file : files) {
                removed += isOlder(file, limit) && Files.deleteIfExists(file) ? 1 : 0;
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            throw KernelException.of(
                    Errno.EIO.number(), "sweep", directory.toString(), unreadable.toString());
        }
        return removed;
    }

    private static boolean isOlder(Path file, Instant limit) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
        } catch (NoSuchFileException renamedMeanwhile) {
            return false;
        }
    }
}
