package dev.weft.linux.process;

import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.io.File;

/// A pipe between this process and one that it starts. Reading and writing on this side never
/// waits; the other side opens its end anew, through `/proc`, and there it does.
final class Pipe implements AutoCloseable {
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_NONBLOCK = 0x800;

    private final Descriptor reading;
    private final Descriptor writing;

    private Pipe(Descriptor reading, Descriptor writing) {
        this.reading = reading;
        this.writing = writing;
    }

    static Pipe create() {
        try (Memory ends = Memory.ofThread(2L * Integer.BYTES)) {
            int result = Syscalls.pipe2(ends, O_CLOEXEC | O_NONBLOCK);
            Descriptor reading = Descriptor.of(result < 0 ? result : ends.s32(0), "make", "pipe");
            return new Pipe(reading, Descriptor.of(ends.s32(Integer.BYTES), "make", "pipe"));
        }
    }

    /// The end to read from.
    Descriptor reading() {
        return reading;
    }

    /// The end to write to.
    Descriptor writing() {
        return writing;
    }

    /// An end as a file that this process can open.
    static File file(Descriptor end) {
        return new File("/proc/self/fd/" + end.number());
    }

    @Override
    public void close() {
        reading.close();
        writing.close();
    }
}
