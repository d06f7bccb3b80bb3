package dev.weft.firewall.desired;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// What a guard told, in order.
final class Told implements Consumer<GuardEvent> {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final BlockingQueue<GuardEvent> events = new LinkedBlockingQueue<>();

    @Override
    public void accept(GuardEvent event) {
        events.add(event);
    }

    /// The next event, whatever it is.
    GuardEvent next() throws InterruptedException {
        GuardEvent event = events.poll(LONG.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null) {
            throw new AssertionError("the guard told nothing");
        }
        return event;
    }

    /// The next event of a kind.
    <T extends GuardEvent> T next(Class<T> kind) throws InterruptedException {
        GuardEvent event = next();
        while (!kind.isInstance(event)) {
            event = next();
        }
        return kind.cast(event);
    }

    boolean isEmpty() {
        return events.isEmpty();
    }
}
