package dev.weft.linux.file;

import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Syscalls;
import java.nio.file.Path;

/// A file or directory held by a descriptor that can neither read nor write it (`O_PATH`), which
/// needs no permission on it. It keeps standing for the same file when that is renamed.
public final class PathDescriptor implements AutoCloseable {
    private static final int O_PATH = 0x200000;
    private static final int O_CLOEXEC = 0x80000;

    private final Descriptor descriptor;

    private PathDescriptor(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /// Opens what a path leads to, through symbolic links.
    ///
    /// @throws KernelException ENOENT when it leads nowhere
    public static PathDescriptor open(Path path) {
        String name = path.toString();
        int result = Syscalls.openat(Syscalls.AT_FDCWD, name, O_PATH | O_CLOEXEC, 0);
        return new PathDescriptor(Descriptor.of(result, "open", name));
    }

    /// The kernel's number of it.
    ///
    /// @throws IllegalStateException once closed
    public int number() {
        return descriptor.number();
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
