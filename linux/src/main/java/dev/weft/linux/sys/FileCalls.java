package dev.weft.linux.sys;

/// System calls about files and their names, as [Syscalls]. Paths are absolute, or relative to the
/// process's working directory.
public final class FileCalls {
    private static final int AT_FDCWD = Syscalls.AT_FDCWD;

    private FileCalls() {}

    /// Gives a file another name, in place of what had it.
    public static int rename(String from, String to) {
        try (Memory source = Memory.ofString(from);
                Memory target = Memory.ofString(to)) {
            return (int)
                    Syscalls.call(
                            SystemCall.RENAMEAT,
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
