package dev.weft.linux.sys;

import dev.weft.linux.KernelException;
import java.util.concurrent.atomic.AtomicInteger;

/// An open file descriptor with one owner, who closes it. Closing twice does nothing; using it
/// after the close is a bug and throws.
public final class Descriptor implements AutoCloseable {
    private static final int CLOSED = -1;

    private final AtomicInteger number;

    private Descriptor(int number) {
        this.number = new AtomicInteger(number);
    }

    /// Owns the descriptor that a call returned.
    ///
    /// @param result a descriptor, or the negative errno
    /// @throws KernelException when it is the latter
    public static Descriptor of(long result, String operation, String object) {
        return new Descriptor((int) KernelException.check(result, operation, object));
    }

    /// The kernel's number of it.
    ///
    /// @throws IllegalStateException once closed
    public int number() {
        int current = number.get();
        if (current == CLOSED) {
            throw new IllegalStateException("the descriptor is closed");
        }
        return current;
    }

    public boolean isOpen() {
        return number.get() != CLOSED;
    }

    @Override
    public void close() {
        int last = number.getAndSet(CLOSED);
        if (last != CLOSED) {
            Syscalls.close(last);
        }
    }
}
