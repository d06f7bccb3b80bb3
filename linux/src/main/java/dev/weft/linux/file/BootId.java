package dev.weft.linux.file;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.MalformedMessageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// Which start of the machine this is. The kernel chooses it at random when it starts, so that what
/// was noted under another one describes objects that are gone. Containers have their host's.
public record BootId(UUID value) {
    private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

    /// The running kernel's.
    ///
    /// @throws KernelException when `/proc` does not have it
    public static BootId current() {
        try {
            return parse(Files.readString(FILE).strip());
        } catch (IOException unreadable) {
            throw KernelException.of(
                    Errno.EIO.number(), "read", FILE.toString(), unreadable.toString());
        }
    }

    /// Of its text, as [#toString] and the kernel write it.
    ///
    /// @throws MalformedMessageException when it is none
    public static BootId parse(String text) {
        try {
            return new BootId(UUID.fromString(text));
        } catch (IllegalArgumentException malformed) {
            throw new MalformedMessageException("'" + text + "' is no identity of a boot");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
