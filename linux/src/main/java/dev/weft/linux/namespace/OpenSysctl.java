package dev.weft.linux.namespace;

import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;

/// A sysctl held open, for one who reads it again and again: it stays the one of the namespace that
/// it was opened in.
public final class OpenSysctl implements AutoCloseable {
    static final int MAX_VALUE_BYTES = 4096;

    private final Descriptor file;
    private final String path;

    OpenSysctl(Descriptor file, String path) {
        this.file = file;
        this.path = path;
    }

    /// Its value now, without the line's end. From any thread.
    public String read() {
        try (Memory buffer = Memory.bufferOfThread(MAX_VALUE_BYTES)) {
            long length =
                    KernelException.check(
                            Syscalls.pread(file.number(), buffer, buffer.size(), 0), "read", path);
            return buffer.string(0, (int) length).stripTrailing();
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
