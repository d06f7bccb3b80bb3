package dev.weft.linux.file;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Architecture;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Reads small files: records, leases, what another process may have put there instead. A file that
/// is absent is no exception, which would cost more than the reading.
public final class SmallFile {
    private static final int O_RDONLY = 0;

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
