package dev.weft.cli.text;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Standard output that does not lose text silently, as a `PrintWriter` does when a write fails.
final class StandardOutput extends OutputStream {
    private static final Path DESCRIPTOR = Path.of("/proc/self/fd/1");

    /// From `linux/stat.h`.
    private static final int FILE_TYPE = 0170000;

    private static final int FIFO = 0010000;
    private static final int SOCKET = 0140000;

    private final FileOutputStream stream = new FileOutputStream(FileDescriptor.out);

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException failed) {
            throw new LostOutputException(failed, isPipe());
        }
    }

    /// A pipe has no other reason to refuse than that nobody reads it. The message of the failure
    /// would say so as well, in the language of the locale.
    private static boolean isPipe() {
        try {
            int type = (int) Files.getAttribute(DESCRIPTOR, "unix:mode") & FILE_TYPE;
            return type == FIFO || type == SOCKET;
        } catch (IOException closed) {
            return false;
        }
    }
}
