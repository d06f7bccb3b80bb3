package dev.weft.linux.sys;

import java.time.Instant;
import java.util.Optional;

/// System calls about files and their names, as [Syscalls]. Paths are absolute, or relative to the
/// process's working directory.
public final class FileCalls {
    private static final int AT_FDCWD = Syscalls.AT_FDCWD;

    private static final int TIMESPEC_BYTES = 16;

    private FileCalls() {}

    /// Gives a file another name, in place of what had it.
    public static int rename(String from, String to) {
        return call(SystemCall.RENAMEAT, from, to);
    }

    /// Gives a file a second name.
    public static int link(String file, String name) {
        return call(SystemCall.LINKAT, file, name);
    }

    private static int call(SystemCall call, String from, String to) {
        try (Memory source = Memory.ofString(from);
                Memory target = Memory.ofString(to)) {
            return (int)
                    Syscalls.call(
                            call,
                            AT_FDCWD,
                            source.address(),
                            AT_FDCWD,
                            target.address(),
                            0,
                            0,
                            source,
                            target);
        }
    }

    /// Removes a name that is no directory's.
    public static int unlink(String path) {
        try (Memory name = Memory.ofString(path)) {
            return (int)
                    Syscalls.call(SystemCall.UNLINKAT, AT_FDCWD, name.address(), 0, 0, 0, 0, name);
        }
    }

    /// Sets when a file was last read and written: of an open one, without a path.
    ///
    /// @param directory what the path starts at, or the file itself
    /// @param path nothing for the file itself
    /// @param time of both, since 1970
    public static int utimens(int directory, Optional<String> path, Instant time) {
        try (Memory name = path.map(Memory::ofString).orElse(Memory.NONE);
                Memory times = Memory.ofThread(2 * TIMESPEC_BYTES)) {
            for (int offset = 0; offset < 2 * TIMESPEC_BYTES; offset += TIMESPEC_BYTES) {
                times.putS64(offset, time.getEpochSecond());
                times.putS64(offset + Long.BYTES, time.getNano());
            }
            return (int)
                    Syscalls.call(
                            SystemCall.UTIMENSAT,
                            directory,
                            path.isPresent() ? name.address() : 0,
                            times.address(),
                            0,
                            0,
                            0,
                            name,
                            times);
        }
    }

    /// Cuts an open file off, or lengthens it by zeros.
    public static int ftruncate(int descriptor, long bytes) {
        return (int) Syscalls.repeated(SystemCall.FTRUNCATE, descriptor, bytes, 0, 0, 0, 0);
    }

    /// Sets the permissions of a file by its name.
    public static int chmod(String path, int mode) {
        try (Memory name = Memory.ofString(path)) {
            return (int)
                    Syscalls.call(
                            SystemCall.FCHMODAT, AT_FDCWD, name.address(), mode, 0, 0, 0, name);
        }
    }

    /// Sets the permissions of an open file, or those with which a socket's file will be made.
    public static int fchmod(int descriptor, int mode) {
        return (int) Syscalls.call(SystemCall.FCHMOD, descriptor, mode, 0, 0, 0, 0);
    }

    /// Returns when everything written to the file is on its device.
    public static int fsync(int descriptor) {
        return (int) Syscalls.repeated(SystemCall.FSYNC, descriptor, 0, 0, 0, 0, 0);
    }

    /// What the kernel knows of a file.
    ///
    /// @param directory what the path starts at, or the file itself where the flags say so
    /// @param result room for a `struct statx`
    public static int statx(int directory, String path, int flags, int mask, Memory result) {
        try (Memory name = Memory.ofString(path)) {
            return (int)
                    Syscalls.call(
                            SystemCall.STATX,
                            directory,
                            name.address(),
                            flags,
                            mask,
                            result.address(),
                            0,
                            name,
                            result);
        }
    }
}
