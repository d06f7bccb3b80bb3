package dev.weft.agent;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Calls about one container come one after the other, in the order of their arrival.
///
/// The specification asks that of runtimes, but a runtime that gave up an ADD has only killed the
/// shim; the DEL that follows must not overtake the ADD that is still being worked on.
final class Turns {
    /// The calls about one container: those that wait and the one that has its turn.
    private static final class Queue {
        private final ReentrantLock turn = new ReentrantLock(true);
        private int calls;
    }

    private final ConcurrentHashMap<String, Queue> queues = new ConcurrentHashMap<>();

    /// A call's turn, until it is closed.
    final class Turn implements AutoCloseable {
        private final String container;
        private final Queue queue;

        private Turn(String container, Queue queue) {
            this.container = container;
            this.queue = queue;
        }

        @Override
        public void close() {
            queue.turn.unlock();
            leave(container);
        }
    }

    /// Waits until no other call is about this container.
    Turn await(String container) throws InterruptedException {
        Queue queue =
                queues.compute(
                        container,
                        (_, known) -> {
                            Queue joined = known == null ? new Queue() : known;
                            joined.calls++;
                            return joined;
                        });
        try {
            queue.turn.lockInterruptibly();
        } catch (InterruptedException late) {
            leave(container);
            throw late;
        }
        return new Turn(container, queue);
    }

    private void leave(String container) {
        queues.computeIfPresent(container, (_, left) -> --left.calls == 0 ? null : left);
    }

    /// How many containers there are calls about.
    int size() {
        return queues.size();
    }
}
