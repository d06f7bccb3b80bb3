package dev.weft.linux.unix;

import dev.weft.linux.sys.Descriptor;

/// A descriptor that came with a message: open in this process now, whatever the sender does with
/// its own. Closed with its connection, or before. What it stands for is the sender's choice, and
/// to be checked before use.
public final class ReceivedDescriptor implements AutoCloseable {
    private final Descriptor descriptor;

    ReceivedDescriptor(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /// The kernel's number of it, in this process.
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
