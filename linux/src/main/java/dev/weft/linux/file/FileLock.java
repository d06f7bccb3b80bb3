package dev.weft.linux.file;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Syscalls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A lock on a file, as flock(2) has it: the kind that programs in C, Go and shell use, which the
/// JDK's own locks (those of fcntl) do not see. Every lock has one owner, also among the threads of
/// a process; a shared one only keeps those away who want it alone. The kernel releases it when the
/// process ends, however it ends.
///
/// The file is made where there is none, and stays. Waiting keeps a platform thread, and the
/// carrier of a virtual one.
public final class FileLock implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_CLOEXEC = 0x80000;
    private static final int LOCK_SH = 1;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;

    private final Descriptor descriptor;
    private final String path;
    private final int kind;

    private FileLock(Descriptor descriptor, String path, int kind) {
        this.descriptor = descriptor;
        this.path = path;
        this.kind = kind;
    }

    /// Waits for the lock, without end.
    ///
    /// @param mode the file's permissions where it is made, less those of the process's mask
    /// @throws KernelException ENOENT without the directory, EACCES when the file cannot be written
    public static FileLock acquire(Path path, int mode) {
        FileLock lock = open(path, mode, LOCK_EX);
        lock.await();
        return lock;
    }

    /// The lock, unless somebody else has it.
    ///
    /// @throws KernelException as [#acquire]
    public static Optional<FileLock> tryAcquire(Path path, int mode) {
        FileLock lock = open(path, mode, LOCK_EX);
        if (lock.isFree()) {
            return Optional.of(lock);
        }
        lock.close();
        return Optional.empty();
    }

    /// The lock, unless somebody else has it for all this time. The kernel knows no such wait: who
    /// gives up leaves a thread waiting, which releases the lock as soon as it gets it.
    ///
    /// @throws KernelException as [#acquire], and EINTR when the thread is interrupted
    public static Optional<FileLock> tryAcquire(Path path, int mode, Duration limit) {
        return open(path, mode, LOCK_EX).within(limit);
    }

    /// As [#tryAcquire(Path, int, Duration)] on a file that is there, also on one that nobody can
    /// write, as that of a namespace.
    ///
    /// @throws KernelException ENOENT when there is none, and EINTR when the thread is interrupted
    public static Optional<FileLock> tryAcquireExisting(Path path, Duration limit) {
        return open(path, O_CLOEXEC, 0, LOCK_EX).within(limit);
    }

    /// As [#tryAcquire(Path, int, Duration)], a lock that many may have at once.
    ///
    /// @throws KernelException as [#tryAcquire(Path, int, Duration)]
    public static Optional<FileLock> tryAcquireShared(Path path, int mode, Duration limit) {
        return open(path, mode, LOCK_SH).within(limit);
    }

    private static FileLock open(Path path, int mode, int kind) {
        return open(path, O_RDWR | O_CREAT | O_CLOEXEC, mode, kind);
    }

    private static FileLock open(Path path, int flags, int mode, int kind) {
        String name = path.toString();
        int result = Syscalls.openat(Syscalls.AT_FDCWD, name, flags, mode);
        return new FileLock(Descriptor.of(result, "open lock", name), name, kind);
    }

    private Optional<FileLock> within(Duration limit) {
        return isFree() ? Optional.of(this) : await(limit);
    }

    private boolean isFree() {
        int result = Syscalls.flock(descriptor.number(), kind | LOCK_NB);
        if (-result == Errno.EAGAIN.number()) {
            return false;
        }
        check(result);
        return true;
    }

    private void await() {
        check(Syscalls.flock(descriptor.number(), kind));
    }

    private void check(int result) {
        if (result < 0) {
            close();
            throw KernelException.of(-result, "lock", path);
        }
    }

    private Optional<FileLock> await(Duration limit) {
        CompletableFuture<FileLock> owner = new CompletableFuture<>();
        Thread.ofPlatform().name("file lock").daemon().start(() -> awaitFor(owner));
        try {
            return Optional.of(owner.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return owner.cancel(false) ? Optional.empty() : Optional.of(owner.join());
        } catch (InterruptedException interrupted) {
            if (!owner.cancel(false)) {
                close();
            }
            Thread.currentThread().interrupt();
            throw KernelException.of(Errno.EINTR.number(), "wait for lock", path);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof KernelException refused) {
                throw refused;
            }
            throw new AssertionError(failed);
        }
    }

    /// Hands the lock to who waits for it, or releases it where nobody does any more.
    private void awaitFor(CompletableFuture<FileLock> owner) {
        try {
            await();
        } catch (KernelException refused) {
            owner.completeExceptionally(refused);
        }
        if (!owner.complete(this) && owner.isCancelled()) {
            close();
        }
    }

    /// Releases the lock.
    @Override
    public void close() {
        descriptor.close();
    }
}
