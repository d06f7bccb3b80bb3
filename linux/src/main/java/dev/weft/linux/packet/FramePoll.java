package dev.weft.linux.packet;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One thread's wait on many [FrameSocket]s, which any other thread can end.
public final class FramePoll implements AutoCloseable {
    private static final int EFD_CLOEXEC = 0x80000;
    private static final int EFD_NONBLOCK = 0x800;
    private static final int POLLIN = 1;
    private static final int POLLFD_BYTES = 8;
    private static final int RESULT = 6;
    private static final int COUNTER_BYTES = 8;
    private static final int TIMESPEC_BYTES = 16;
    private static final long NANOSECONDS_PER_SECOND = 1_000_000_000L;

    private final Descriptor event =
            Descriptor.of(Syscalls.eventfd(EFD_CLOEXEC | EFD_NONBLOCK), "create", "event counter");
    private final MessageBuffer buffer = new MessageBuffer();

    /// Waits on nothing yet.
    public FramePoll() {}

    /// Waits until one of the sockets has a frame or an error, the time is over, or [#wake] was
    /// called since the last wait.
    ///
    /// @param sockets none of which is closed meanwhile
    /// @return those that have something
    public List<FrameSocket> await(List<FrameSocket> sockets, Duration limit) {
        int count = sockets.size() + 1;
        Memory polled = Memory.ofAuto((long) count * POLLFD_BYTES);
        polled.putS32(0, event.number()).putU16(4, POLLIN);
        for (int i = 1; i < count; i++) {
            long entry = (long) i * POLLFD_BYTES;
            polled.putS32(entry, sockets.get(i - 1).number()).putU16(entry + 4, POLLIN);
        }
        int ready = Syscalls.ppoll(polled, count, timespec(limit));
        if (-ready == Errno.EINTR.number()) {
            return List.of();
        }
        KernelException.check(ready, "wait for", count + " descriptors");
        if (polled.u16(RESULT) != 0) {
            Syscalls.read(event.number(), Memory.ofAuto(COUNTER_BYTES), 0, COUNTER_BYTES);
        }
        List<FrameSocket> found = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            if (polled.u16((long) i * POLLFD_BYTES + RESULT) != 0) {
                found.add(sockets.get(i - 1));
            }
        }
        return found;
    }

    private static Memory timespec(Duration limit) {
        long nanoseconds = Math.max(0, limit.toNanos());
        return Memory.ofAuto(TIMESPEC_BYTES)
                .putS64(0, nanoseconds / NANOSECONDS_PER_SECOND)
                .putS64(8, nanoseconds % NANOSECONDS_PER_SECOND);
    }

    /// The next frame that waits in a socket, if one does. For the thread that waits.
    ///
    /// @throws KernelException ENETDOWN, once, when the link went down or away
    public Optional<ReceivedFrame> receive(FrameSocket socket) {
        return socket.receive(buffer);
    }

    /// Ends the wait, or else the next one. Any thread.
    public void wake() {
        Syscalls.write(event.number(), Memory.ofAuto(COUNTER_BYTES).putS64(0, 1), 0, COUNTER_BYTES);
    }

    /// For when nobody waits or wakes any more.
    @Override
    public void close() {
        event.close();
        buffer.close();
    }
}
