package dev.weft.linux.netlink;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import java.util.List;

/// The rows of a table as one dump found them.
///
/// @param rows in the kernel's order
/// @param consistent false when the table changed during each of the bounded number of attempts: a
///   row may then be missing or stand twice
public record Dump<T>(List<T> rows, boolean consistent) {
    public Dump {
        rows = List.copyOf(rows);
    }

    /// The rows, if they belong together.
    ///
    /// @throws KernelException EINTR when they do not
    public List<T> consistentRows() {
        if (!consistent) {
            throw KernelException.of(Errno.EINTR.number(), "read", "a table that keeps changing");
        }
        return rows;
    }
}
