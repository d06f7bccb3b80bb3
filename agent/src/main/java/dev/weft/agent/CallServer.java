package dev.weft.agent;

import dev.weft.linux.KernelException;
import dev.weft.linux.unix.UnixConnection;
import dev.weft.linux.unix.UnixListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The threads that serve calls. They are platform threads: each enters namespaces, and waits in
/// the kernel.
final class CallServer {
    private final UnixListener listener;
    private final Admission admission;
    private final CallHandler handler;
    private final Operations operations;
    private final List<Thread> threads;

    private CallServer(
            UnixListener listener,
            Admission admission,
            CallHandler handler,
            Operations operations,
            int workers) {
        this.listener = listener;
        this.admission = admission;
        this.handler = handler;
        this.operations = operations;
        // One more than may serve: it tells the others' callers to wait.
        this.threads =
                IntStream.rangeClosed(0, workers)
                        .mapToObj(number ->
                                Thread.ofPlatform().name("call " + number).unstarted(this::run))
                        .toList();
    }

    /// Begins to serve.
    static CallServer start(
            UnixListener listener,
            Admission admission,
            CallHandler handler,
            Operations operations,
            int workers) {
        CallServer server = new CallServer(listener, admission, handler, operations, workers);
        server.threads.forEach(Thread::start);
        return server;
    }

    private void run() {
        while (true) {
            try {
                Optional<UnixConnection> connection = listener.accept();
                if (connection.isEmpty()) {
                    return;
                }
                take(connection.get());
            } catch (KernelException failed) {
                operations.dropped("accept", String.valueOf(failed.getMessage()));
                admission.awaitEnd(Duration.ofSeconds(1));
            }
        }
    }

    private void take(UnixConnection connection) {
        switch (admission.admit(connection)) {
            case WAIT -> {}
            case REFUSE -> {
                try (connection) {
                    handler.refuse(connection);
                }
            }
            case SERVE -> {
                Optional<UnixConnection> next = Optional.of(connection);
                while (next.isPresent()) {
                    serve(next.get());
                    next = admission.next();
                }
            }
        }
    }

    /// Whatever goes wrong with one call, the thread lives on for the next.
    private void serve(UnixConnection connection) {
        try (connection) {
            handler.handle(connection);
        } catch (Exception
                | LinkageError
                | AssertionError
                | StackOverflowError
                | OutOfMemoryError bug) {
            operations.failed(bug);
        }
    }

    /// Takes no new calls, and returns when those that have come are served.
    ///
    /// @return whether all were, within the limit
    boolean stop(Duration limit) {
        listener.stop();
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (Thread thread : threads) {
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (left.isNegative() || !thread.join(left)) {
                    return false;
                }
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
        listener.close();
        return true;
    }
}
