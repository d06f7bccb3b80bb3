package dev.weft.linux.file;

import dev.weft.linux.KernelException;
import dev.weft.linux.sys.FileStatus;
import java.nio.file.Path;

/// Which file something is. Two paths or descriptors with equal identities are the same file or
/// directory, while it exists; in whichever mount or namespace they were found.
///
/// @param device of the file system: major number in the upper half, minor in the lower
/// @param inode within the file system
public record FileIdentity(long device, long inode) {

    /// Of what a path leads to, through symbolic links.
    ///
    /// @throws KernelException ENOENT when it leads nowhere
    public static FileIdentity ofPath(Path path) {
        return of(FileStatus.ofPath(path.toString()));
    }

    /// Of what a descriptor of this process stands for, also one opened with `O_PATH`.
    ///
    /// @throws KernelException EBADF when it is none
    public static FileIdentity ofDescriptor(int number) {
        return of(FileStatus.ofDescriptor(number, "descriptor " + number));
    }

    private static FileIdentity of(FileStatus status) {
        return new FileIdentity(status.device(), status.inode());
    }
}
