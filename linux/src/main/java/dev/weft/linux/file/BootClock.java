package dev.weft.linux.file;

import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;

/// The kernel's clock that counts from the boot on, also while the machine sleeps: a time of it in
/// a file is good for every process until the next boot, which [BootId] tells from this one.
public final class BootClock {
    private static final int CLOCK_BOOTTIME = 7;
    private static final int TIMESPEC_BYTES = 16;
    private static final long NANOSECONDS_PER_MILLISECOND = 1_000_000;

    private BootClock() {}

    /// Milliseconds since the boot.
    public static long millis() {
        Memory time = Memory.ofAuto(TIMESPEC_BYTES);
        KernelException.check(
                Syscalls.clockGettime(CLOCK_BOOTTIME, time), "read", "the clock of the boot");
        return time.s64(0) * 1000 + time.s64(8) / NANOSECONDS_PER_MILLISECOND;
    }
}
