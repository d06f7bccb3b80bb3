package dev.weft.linux.sys;

import dev.weft.linux.KernelException;
import java.time.Duration;

/// Waiting for a descriptor to become readable, which another thread can end early. Closing a
/// socket does not wake a thread that waits on it, so the wait is on two: the socket and an event
/// counter that [#wake] raises.
final class WakeablePoll implements AutoCloseable {
    private static final int EFD_CLOEXEC = 0x80000;
    private static final int EFD_NONBLOCK = 0x800;
    private static final int POLLIN = 1;
    private static final int POLLFD_BYTES = 8;
    private static final int EINTR = 4;

    private final Descriptor event =
            Descriptor.of(Syscalls.eventfd(EFD_CLOEXEC | EFD_NONBLOCK), "create", "event counter");

    /// How a wait ended.
    enum Outcome {
        /// The descriptor has something to read, or an error to report.
        READABLE,
        /// Nothing came in time.
        TIMED_OUT,
        /// Somebody called [#wake].
        WOKEN
    }

    /// Waits until the descriptor is readable, the time is over or [#wake] is called.
    Outcome await(int descriptor, Duration limit) {
        Memory descriptors = Memory.ofAuto(2L * POLLFD_BYTES);
        descriptors.putS32(0, descriptor).putU16(4, POLLIN);
        descriptors.putS32(POLLFD_BYTES, event.number()).putU16(POLLFD_BYTES + 4L, POLLIN);
        long deadline = System.nanoTime() + limit.toNanos();
        int ready;
        do {
            ready = Syscalls.ppoll(descriptors, 2, timespec(deadline - System.nanoTime()));
        } while (ready == -EINTR);
        KernelException.check(ready, "wait for", "descriptor " + descriptor);
        if (descriptors.u16(POLLFD_BYTES + 6L) != 0) {
            return Outcome.WOKEN;
        }
        return ready == 0 ? Outcome.TIMED_OUT : Outcome.READABLE;
    }

    private static Memory timespec(long nanoseconds) {
        long left = Math.max(0, nanoseconds);
        return Memory.ofAuto(16).putS64(0, left / 1_000_000_000L).putS64(8, left % 1_000_000_000L);
    }

    /// Ends the present wait and every later one.
    void wake() {
        if (event.isOpen()) {
            Syscalls.write(event.number(), Memory.ofAuto(8).putS64(0, 1), 0, 8);
        }
    }

    @Override
    public void close() {
        event.close();
    }
}
