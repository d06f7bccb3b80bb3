package dev.weft.linux.process;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// What is said to a process and what it answers, in one thread: no output waits for the other, and
/// nothing waits longer than the program's time.
///
/// The conversation ends with the process. A child that it leaves behind may keep the pipes open
/// for ever; what the process itself wrote is in them by then.
final class Conversation implements AutoCloseable {
    private static final int POLLIN = 1;
    private static final int POLLOUT = 4;
    private static final int POLLFD_BYTES = 8;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int ENDED = 3;

    /// How long it takes at most until an interruption of the thread is noticed: the kernel's waits
    /// do not end with it.
    private static final long PATIENCE_NANOS = 500_000_000;

    private final Program program;
    private final Pipe input;
    private final Pipe output;
    private final Pipe errors;
    private final Memory buffer = Memory.ofThread(BUFFER_BYTES);
    private final Memory polled = Memory.ofThread(4L * POLLFD_BYTES);
    private final Memory timeout = Memory.ofThread(2L * Long.BYTES);
    private final ByteArrayOutputStream outputBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errorBytes = new ByteArrayOutputStream();
    private final byte[] inputBytes;
    private int sent;

    Conversation(Program program, Pipe input, Pipe output, Pipe errors) {
        this.program = program;
        this.input = input;
        this.output = output;
        this.errors = errors;
        this.inputBytes = program.input().getBytes(StandardCharsets.UTF_8);
    }

    /// Talks with the process that has the other ends, to its end. Whatever fails, it ends.
    Program.Result with(Process process) {
        try {
            input.reading().close();
            output.writing().close();
            errors.writing().close();
            talk(process);
            hear();
        } catch (RuntimeException failed) {
            kill(process);
            throw failed;
        }
        return new Program.Result(
                process.onExit().join().exitValue(), text(outputBytes), text(errorBytes));
    }

    private void talk(Process process) {
        int result = Syscalls.pidfdOpen(process.pid());
        if (result == -Errno.ESRCH.number()) {
            return;
        }
        try (Descriptor end = Descriptor.of(result, "watch", "process " + process.pid())) {
            talkUntil(end);
        }
    }

    private void talkUntil(Descriptor end) {
        long deadline = System.nanoTime() + program.limit().toNanos();
        do {
            say();
            hear();
            requireNotInterrupted();
            long left = deadline - System.nanoTime();
            if (!await(end, Math.min(left, PATIENCE_NANOS)) && left <= PATIENCE_NANOS) {
                throw new ProgramTimedOutException(
                        program.command(), program.limit(), text(errorBytes));
            }
        } while (polled.u16(ENDED * POLLFD_BYTES + 6L) == 0);
    }

    private void requireNotInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw KernelException.of(
                    Errno.EINTR.number(), "wait for", program.executable().toString());
        }
    }

    /// Waits for something to do.
    ///
    /// @return false when the time is over
    private boolean await(Descriptor end, long nanoseconds) {
        watch(0, input.writing(), POLLOUT);
        watch(1, output.reading(), POLLIN);
        watch(2, errors.reading(), POLLIN);
        watch(ENDED, end, POLLIN);
        long left = Math.max(0, nanoseconds);
        timeout.putS64(0, left / 1_000_000_000L).putS64(Long.BYTES, left % 1_000_000_000L);
        int ready = Syscalls.ppoll(polled, ENDED + 1, timeout);
        if (ready < 0 && ready != -Errno.EINTR.number()) {
            throw KernelException.of(-ready, "wait for", program.executable().toString());
        }
        return ready != 0;
    }

    /// The kernel passes over entries with a negative number.
    private void watch(int place, Descriptor descriptor, int events) {
        long offset = (long) place * POLLFD_BYTES;
        polled.putS32(offset, descriptor.isOpen() ? descriptor.number() : -1)
                .putU16(offset + 4, events)
                .putU16(offset + 6, 0);
    }

    /// Writes as much of the input as the pipe takes; a program may also end without reading it.
    private void say() {
        while (input.writing().isOpen()) {
            int length = Math.min(inputBytes.length - sent, BUFFER_BYTES);
            if (length == 0) {
                input.writing().close();
                return;
            }
            buffer.put(0, inputBytes, sent, length);
            long written = Syscalls.write(input.writing().number(), buffer, 0, length);
            if (written == -Errno.EAGAIN.number()) {
                return;
            }
            if (written < 0) {
                input.writing().close();
                return;
            }
            sent += (int) written;
        }
    }

    private void hear() {
        if (!hear(output.reading(), outputBytes) || !hear(errors.reading(), errorBytes)) {
            throw new ProgramOutputException(program.command(), program.outputLimitBytes());
        }
    }

    /// Reads what is there.
    ///
    /// @return false when it is too much
    private boolean hear(Descriptor from, ByteArrayOutputStream bytes) {
        while (from.isOpen()) {
            long length = Syscalls.read(from.number(), buffer, 0, BUFFER_BYTES);
            if (length == -Errno.EAGAIN.number()) {
                return true;
            }
            if (length <= 0) {
                from.close();
                return true;
            }
            bytes.writeBytes(buffer.bytes(0, (int) length));
            if (bytes.size() > program.outputLimitBytes()) {
                return false;
            }
        }
        return true;
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        buffer.close();
        polled.close();
        timeout.close();
    }
}
