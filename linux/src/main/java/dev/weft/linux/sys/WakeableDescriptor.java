package dev.weft.linux.sys;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntFunction;

/// A descriptor that one thread waits on while others write to it, and that any thread may close:
/// the close wakes the waiting one, and happens after every call under way has left the kernel, so
/// that no call meets a number that already belongs to another file.
public final class WakeableDescriptor implements AutoCloseable {
    private final Descriptor descriptor;
    private final Runnable release;
    private final WakeablePoll poll;
    private final ReentrantLock receiving = new ReentrantLock();
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private final AtomicBoolean closing = new AtomicBoolean();

    private WakeableDescriptor(Descriptor descriptor, Runnable release, WakeablePoll poll) {
        this.descriptor = descriptor;
        this.release = release;
        this.poll = poll;
    }

    /// Owns a descriptor, unless this fails.
    ///
    /// @param release frees what the calls use, after the last one
    public static WakeableDescriptor of(Descriptor descriptor, Runnable release) {
        return new WakeableDescriptor(descriptor, release, new WakeablePoll());
    }

    /// Whether [#close] has not been called.
    public boolean isOpen() {
        return !closing.get();
    }

    /// Makes a call with the descriptor's number.
    ///
    /// @throws IllegalStateException once closed
    public <T> T use(IntFunction<T> call) {
        life.readLock().lock();
        try {
            return call.apply(descriptor.number());
        } finally {
            life.readLock().unlock();
        }
    }

    /// Makes calls during which it is not closed; none once it is.
    public void whileOpen(Runnable calls) {
        life.readLock().lock();
        try {
            if (!closing.get()) {
                calls.run();
            }
        } finally {
            life.readLock().unlock();
        }
    }

    /// Takes what has been received, and waits for it where there is nothing yet. One thread at a
    /// time.
    ///
    /// @param take answers nothing when there is nothing after all
    /// @return nothing when the time is over or the descriptor was closed
    public <T> Optional<T> receive(Duration limit, IntFunction<Optional<T>> take) {
        receiving.lock();
        life.readLock().lock();
        try {
            return closing.get() ? Optional.empty() : await(System.nanoTime(), limit, take);
        } finally {
            life.readLock().unlock();
            receiving.unlock();
        }
    }

    private <T> Optional<T> await(long start, Duration limit, IntFunction<Optional<T>> take) {
        int number = descriptor.number();
        Optional<T> taken = take.apply(number);
        while (taken.isEmpty()) {
            Duration left = limit.minusNanos(System.nanoTime() - start);
            if (poll.await(number, left) != WakeablePoll.Outcome.READABLE) {
                return Optional.empty();
            }
            taken = take.apply(number);
        }
        return taken;
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        poll.wake();
        life.writeLock().lock();
        try {
            descriptor.close();
            poll.close();
            release.run();
        } finally {
            life.writeLock().unlock();
        }
    }
}
