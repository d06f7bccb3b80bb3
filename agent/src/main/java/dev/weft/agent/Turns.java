package dev.weft.agent;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Calls of one plugin about one container come one after the other, in the order of their arrival.
///
/// The specification asks that of runtimes, but a runtime that gave up an ADD has only killed the
/// shim; the DEL that follows must not overtake the ADD that is still being worked on. Calls of
/// different plugins do not wait for each other: a plugin may execute one of another vendor that
/// executes one of Weft's in turn, for the same container.
final class Turns {
    /// The calls that come one after the other: those that wait and the one that has its turn.
    private static final class Queue {
        private final ReentrantLock turn = new ReentrantLock(true);
        private int calls;
    }

    private final ConcurrentHashMap<String, Queue> queues = new ConcurrentHashMap<>();

    /// A call's turn, until it is closed.
    final class Turn implements AutoCloseable {
        private final String subject;
        private final Queue queue;

        private Turn(String subject, Queue queue) {
            this.subject = subject;
            this.queue = queue;
        }

        @Override
        public void close() {
            queue.turn.unlock();
            leave(subject);
        }
    }

    /// Waits until no other call has this subject.
    Turn await(String subject) throws InterruptedException {
        Queue queue =
                queues.compute(
                        subject,
                        (_, known) -> {
                            Queue joined = known == null ? new Queue() : known;
                            joined.calls++;
                            return joined;
                        });
        try {
            queue.turn.lockInterruptibly();
        } catch (InterruptedException late) {
            leave(subject);
            throw late;
        }
        return new Turn(subject, queue);
    }

    private void leave(String subject) {
        queues.computeIfPresent(subject, (_, left) -> --left.calls == 0 ? null : left);
    }

    /// How many subjects there are calls about.
    int size() {
        return queues.size();
    }
}
