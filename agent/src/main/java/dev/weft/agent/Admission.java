package dev.weft.agent;

import dev.weft.linux.unix.UnixConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// How many calls are served at once, how many wait, and which are refused.
///
/// All threads accept, and whoever accepted serves: nothing is handed over. There is one thread
/// more than calls are served at once, so while all the others serve, the last one finds out that
/// it may not: it puts the connection into the queue, or refuses it, and accepts on. Who has served
/// takes the next from the queue.
final class Admission {
    /// What to do with a connection.
    enum Decision {
        /// Serve it now, then ask for [Admission#next].
        SERVE,
        /// It waits; another thread will take it.
        WAIT,
        /// Tell it to come again.
        REFUSE
    }

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final int most;
    private final int mostWaiting;
    private final Deque<UnixConnection> waiting = new ArrayDeque<>();
    private int running;
    private long ended;

    /// @param most how many are served at once
    /// @param mostWaiting how many may wait beyond that
    Admission(int most, int mostWaiting) {
        this.most = most;
        this.mostWaiting = mostWaiting;
    }

    synchronized Decision admit(UnixConnection connection) {
        if (running < most) {
            running++;
            return Decision.SERVE;
        }
        if (waiting.size() < mostWaiting) {
            waiting.add(connection);
            return Decision.WAIT;
        }
        return Decision.REFUSE;
    }

    /// Ends a call, and begins the one that has waited longest.
    synchronized Optional<UnixConnection> next() {
        Optional<UnixConnection> next = Optional.ofNullable(waiting.poll());
        if (next.isEmpty()) {
            running--;
        }
        ended++;
        notifyAll();
        return next;
    }

    /// Returns when a call has ended, or after a while.
    synchronized void awaitEnd(Duration limit) {
        long before = ended;
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (long left = limit.toMillis(); ended == before && left > 0; ) {
                wait(left);
                left = (end - System.nanoTime()) / NANOS_PER_MILLI;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized int running() {
        return running;
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
