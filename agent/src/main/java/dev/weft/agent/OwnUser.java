package dev.weft.agent;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Who this process runs as.
final class OwnUser {
    private static final Path SELF = Path.of("/proc/self");

    private OwnUser() {}

    /// The user's number, as processes and files have it.
    static long id() {
        try {
            return ((Number) Files.getAttribute(SELF, "unix:uid")).longValue();
        } catch (IOException unreadable) {
            throw KernelException.of(Errno.EIO.number(), "read", SELF.toString());
        }
    }
}
