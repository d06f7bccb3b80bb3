package dev.weft.linux.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

final class SyscallsKernelIT {
    private static final int O_RDONLY_CLOEXEC = 0x80000;
    private static final int THREADS = 8;
    private static final int CALLS = 4_000;

    /// Calls that fail in different ways, by turns, with garbage in between.
    private static int wrongAnswers() {
        int wrong = 0;
        List<byte[]> garbage = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            boolean bad = Syscalls.close(-1) == -Errno.EBADF.number();
            boolean missing =
                    Syscalls.openat(Syscalls.AT_FDCWD, "/nowhere", O_RDONLY_CLOEXEC, 0)
                            == -Errno.ENOENT.number();
            boolean invalid = Syscalls.eventfd(-1) == -Errno.EINVAL.number();
            wrong += bad && missing && invalid ? 0 : 1;
            garbage.add(new byte[512]);
            if (garbage.size() > 1000) {
                garbage.clear();
            }
        }
        return wrong;
    }

    @Test
    void errno_onManyThreads_isThatOfTheOwnCall() throws Exception {
        List<FutureTask<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            FutureTask<Integer> task = new FutureTask<>(SyscallsKernelIT::wrongAnswers);
            tasks.add(task);
            (i % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual()).start(task);
        }
        for (FutureTask<Integer> task : tasks) {
            assertThat(task.get()).isZero();
        }
    }

    private static Descriptor devNull() {
        return Descriptor.of(
                Syscalls.openat(Syscalls.AT_FDCWD, "/dev/null", O_RDONLY_CLOEXEC, 0),
                "open",
                "/dev/null");
    }

    @Test
    void close_twice_leavesTheNextOwnerOfTheNumberAlone() {
        Descriptor first = devNull();
        int number = first.number();
        first.close();
        try (Descriptor second = devNull()) {
            assertThat(second.number()).as("the lowest free number").isEqualTo(number);
            first.close();
            assertThat(Syscalls.fcntl(second.number(), 1, 0)).isEqualTo(1);
        }
        assertThat(first.isOpen()).isFalse();
        assertThatThrownBy(first::number).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void descriptor_ofFailedCall_saysWhatWasAttempted() {
        assertThatThrownBy(() -> Descriptor.of(-2, "open", "/nowhere"))
                .isInstanceOf(KernelException.class)
                .hasMessage("cannot open /nowhere: ENOENT (2, no such object)");
    }

    @Test
    void poll_endsByReadinessTimeAndWake() {
        try (WakeablePoll poll = new WakeablePoll();
                Descriptor counter = Descriptor.of(Syscalls.eventfd(0), "create", "counter")) {
            assertThat(poll.await(counter.number(), Duration.ofMillis(1)))
                    .isEqualTo(WakeablePoll.Outcome.TIMED_OUT);
            Syscalls.write(counter.number(), Memory.ofAuto(8).putS64(0, 1), 0, 8);
            assertThat(poll.await(counter.number(), Duration.ofDays(1000)))
                    .isEqualTo(WakeablePoll.Outcome.READABLE);
            poll.wake();
            assertThat(poll.await(counter.number(), Duration.ofDays(1000)))
                    .isEqualTo(WakeablePoll.Outcome.WOKEN);
        }
    }

    @Test
    void transfer_outsideOfItsBuffer_isRefusedBeforeTheKernelSeesIt() {
        Memory small = Memory.ofAuto(8);
        for (long[] range : new long[][] {{0, 9}, {-1, 4}, {4, 5}, {0, -1}, {Long.MAX_VALUE, 1}}) {
            assertThatThrownBy(() -> Syscalls.read(0, small, range[0], range[1]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
