package dev.weft.linux.sys;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import java.time.Instant;
import java.util.Optional;

/// Which file something is, and of what kind.
///
/// @param device of its file system: major number in the upper half, minor in the lower
/// @param mode kind and permissions, as `st_mode`
/// @param sizeBytes how long it is
/// @param modified when it was last written; of a directory, when a name in it changed
public record FileStatus(long device, long inode, int mode, long sizeBytes, Instant modified) {
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_TYPE = 1;
    private static final int STATX_MODE = 2;
    private static final int STATX_MTIME = 0x40;
    private static final int STATX_INO = 0x100;
    private static final int STATX_SIZE = 0x200;
    private static final int STATX_BYTES = 256;
    private static final int MODE = 28;
    private static final int INODE = 32;
    private static final int SIZE = 40;
    private static final int MODIFIED = 112;
    private static final int DEVICE_MAJOR = 136;
    private static final int DEVICE_MINOR = 140;

    private static final int KIND = 0170000;
    private static final int SOCKET = 0140000;
    private static final int REGULAR = 0100000;

    /// Of an open descriptor, also one that stands for a path only.
    public static FileStatus ofDescriptor(int number, String object) {
        try (Memory status = Memory.ofThread(STATX_BYTES)) {
            KernelException.check(statx(number, "", AT_EMPTY_PATH, status), "identify", object);
            return decode(status);
        }
    }

    /// Of what a path leads to, through symbolic links.
    public static FileStatus ofPath(String path) {
        try (Memory status = Memory.ofThread(STATX_BYTES)) {
            KernelException.check(statx(Syscalls.AT_FDCWD, path, 0, status), "identify", path);
            return decode(status);
        }
    }

    /// Of the file with a name, a symbolic link itself too, if there is one.
    public static Optional<FileStatus> find(String path) {
        try (Memory status = Memory.ofThread(STATX_BYTES)) {
            int result = statx(Syscalls.AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, status);
            if (-result == Errno.ENOENT.number()) {
                return Optional.empty();
            }
            KernelException.check(result, "identify", path);
            return Optional.of(decode(status));
        }
    }

    private static int statx(int directory, String path, int flags, Memory status) {
        int mask = STATX_TYPE | STATX_MODE | STATX_INO | STATX_SIZE | STATX_MTIME;
        return FileCalls.statx(directory, path, flags, mask, status);
    }

    private static FileStatus decode(Memory status) {
        long major = Integer.toUnsignedLong(status.s32(DEVICE_MAJOR));
        long minor = Integer.toUnsignedLong(status.s32(DEVICE_MINOR));
        return new FileStatus(
                major << Integer.SIZE | minor,
                status.s64(INODE),
                status.u16(MODE),
                status.s64(SIZE),
                Instant.ofEpochSecond(status.s64(MODIFIED), status.s32(MODIFIED + Long.BYTES)));
    }

    /// Whether both are one file.
    public boolean isSameFile(FileStatus other) {
        return device == other.device && inode == other.inode;
    }

    public boolean isRegular() {
        return (mode & KIND) == REGULAR;
    }

    public boolean isSocket() {
        return (mode & KIND) == SOCKET;
    }
}
