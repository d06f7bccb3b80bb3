package dev.weft.linux.file;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Architecture;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.FileCalls;
import dev.weft.linux.sys.FileStatus;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// Small files, with as few system calls as there can be: records, leases, what another process may
/// have put there instead. A file that is absent, or a name that is taken, is no exception, which
/// would cost more than the access.
///
/// What is written here may be half there after a kill; [DurableFile] never leaves half a file.
public final class SmallFile {
    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0x40;
    private static final int O_EXCL = 0x80;
    private static final int O_APPEND = 0x400;

    /// A FIFO in the file's place keeps nobody waiting.
    private static final int O_NONBLOCK = 0x800;

    private static final int O_NOFOLLOW =
            switch (Architecture.current()) {
                case X86_64 -> 0x20000;
                case ARM64 -> 0x8000;
            };

    private static final int O_CLOEXEC = 0x80000;

    private static final int CHUNK_BYTES = 16 << 10;

    private SmallFile() {}

    /// What is in a file; a symbolic link in its place is refused.
    ///
    /// @param mostBytes that it may have
    /// @return nothing when there is no such file
    /// @throws KernelException EFBIG when it has more; whatever else the kernel says
    public static Optional<byte[]> find(Path path, int mostBytes) {
        String object = path.toString();
        int result =
                Syscalls.openat(
                        Syscalls.AT_FDCWD,
                        object,
                        O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC,
                        0);
        if (-result == Errno.ENOENT.number()) {
            return Optional.empty();
        }
        try (Descriptor file = Descriptor.of(result, "open", object);
                Memory buffer = Memory.bufferOfThread(CHUNK_BYTES)) {
            return Optional.of(read(file, buffer, mostBytes, object));
        }
    }

    /// Makes a file.
    ///
    /// @param mode its permissions, less those of the process's mask
    /// @param modified when it shall have been written
    /// @return whether the name was free
    /// @throws KernelException ENOENT without the directory, ENOSPC when the device is full
    public static boolean create(Path path, byte[] content, int mode, Instant modified) {
        String object = path.toString();
        int result = open(object, O_WRONLY | O_CREAT | O_EXCL, mode);
        if (-result == Errno.EEXIST.number()) {
            return false;
        }
        try (Descriptor file = Descriptor.of(result, "create", object)) {
            write(file.number(), content, object);
            KernelException.check(
                    FileCalls.utimens(file.number(), Optional.empty(), modified),
                    "set time of",
                    object);
        }
        return true;
    }

    /// Writes a file where it is, from its beginning, and cuts it off; makes it where there is
    /// none. It is not emptied before: ext4 takes that for a careless replacement, and writes the
    /// file to its device on close(2).
    ///
    /// @param mode its permissions where it is made, less those of the process's mask
    public static void overwrite(Path path, byte[] content, int mode) {
        String object = path.toString();
        int result = open(object, O_WRONLY | O_CREAT, mode);
        try (Descriptor file = Descriptor.of(result, "open", object)) {
            write(file.number(), content, object);
            if (FileStatus.ofDescriptor(file.number(), object).sizeBytes() > content.length) {
                KernelException.check(
                        FileCalls.ftruncate(file.number(), content.length), "cut off", object);
            }
        }
    }

    /// Adds to the end of a file that is there.
    ///
    /// @throws KernelException ENOENT when there is none
    public static void append(Path path, byte[] content) {
        String object = path.toString();
        int result = open(object, O_WRONLY | O_APPEND, 0);
        try (Descriptor file = Descriptor.of(result, "open", object)) {
            write(file.number(), content, object);
        }
    }

    /// Gives a file a second name.
    ///
    /// @return whether the name was free
    public static boolean link(Path file, Path name) {
        int result = FileCalls.link(file.toString(), name.toString());
        if (-result == Errno.EEXIST.number()) {
            return false;
        }
        KernelException.check(result, "make", name.toString());
        return true;
    }

    /// Removes a name, which need not be there.
    ///
    /// @throws KernelException EISDIR when it is a directory's
    public static void remove(Path path) {
        int result = FileCalls.unlink(path.toString());
        if (-result != Errno.ENOENT.number()) {
            KernelException.check(result, "remove", path.toString());
        }
    }

    /// What the kernel knows of a file, and of a symbolic link itself.
    ///
    /// @param isRegular whether it can be read like one
    /// @param sizeBytes how long it is
    /// @param modified when it was last written; of a directory, when a name in it changed
    public record Status(boolean isRegular, long sizeBytes, Instant modified) {}

    /// What the kernel knows of the file with a name, if there is one.
    public static Optional<Status> status(Path path) {
        return FileStatus.find(path.toString())
                .map(found -> new Status(found.isRegular(), found.sizeBytes(), found.modified()));
    }

    /// Sets when a file or directory was last written.
    public static void setModified(Path path, Instant time) {
        String object = path.toString();
        KernelException.check(
                FileCalls.utimens(Syscalls.AT_FDCWD, Optional.of(object), time),
                "set time of",
                object);
    }

    private static int open(String path, int flags, int mode) {
        return Syscalls.openat(Syscalls.AT_FDCWD, path, flags | O_CLOEXEC, mode);
    }

    /// Writes all of it.
    static void write(int number, byte[] content, String object) {
        if (content.length == 0) {
            return;
        }
        try (Memory bytes = Memory.bufferOfThread(content.length)) {
            bytes.put(0, content, 0, content.length);
            long written = 0;
            while (written < content.length) {
                written +=
                        KernelException.check(
                                Syscalls.write(number, bytes, written, content.length - written),
                                "write",
                                object);
            }
        }
    }

    private static byte[] read(Descriptor file, Memory buffer, int mostBytes, String object) {
        byte[] content = new byte[0];
        while (true) {
            int length =
                    (int)
                            KernelException.check(
                                    Syscalls.read(file.number(), buffer, 0, buffer.size()),
                                    "read",
                                    object);
            if (length == 0) {
                return content;
            }
            int before = content.length;
            if (length > mostBytes - before) {
                throw KernelException.explained(
                        Errno.EFBIG.number(),
                        "read",
                        object,
                        "it has more than " + mostBytes + " bytes");
            }
            content = Arrays.copyOf(content, before + length);
            buffer.copyTo(0, content, before, length);
        }
    }
}
