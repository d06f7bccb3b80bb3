package dev.weft.firewall.desired;

import dev.weft.firewall.event.RulesetEvent;
import dev.weft.linux.LinuxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the thread of a guard does: it listens, and repairs when that is due and the pace allows.
final class Watching {
    /// A transaction's generation follows its changes at once.
    private static final Duration GENERATION_LIMIT = Duration.ofMillis(100);

    private static final Duration LONG = Duration.ofHours(1);

    /// How many events are heard at most before tables are looked at.
    private static final int MOST_AT_ONCE = 10_000;

    private final TableGuard guard;
    private final Suspicion suspicion = new Suspicion();
    private final Pace pace = new Pace();
    private String lastRefusal = "";

    Watching(TableGuard guard) {
        this.guard = guard;
    }

    void run() {
        while (guard.isOpen()) {
            try {
                listen();
                if (suspicion.isDue() && pause().isZero()) {
                    repair();
                }
            } catch (LinuxException refused) {
                pace.refused(System.nanoTime());
                suspicion.raise();
                tell(refused);
            }
        }
    }

    /// Hears one event, and all that are waiting behind it.
    private void listen() {
        guard.next(limit()).ifPresentOrElse(this::take, suspicion::takeSilence);
        Optional<RulesetEvent> waiting = guard.next(Duration.ZERO);
        for (int i = 0; i < MOST_AT_ONCE && waiting.isPresent(); i++) {
            take(waiting.get());
            waiting = guard.next(Duration.ZERO);
        }
    }

    private Duration limit() {
        if (suspicion.isDue()) {
            return pause();
        }
        return suspicion.isOpen() ? GENERATION_LIMIT : LONG;
    }

    private Duration pause() {
        return pace.pause(System.nanoTime());
    }

    private void take(RulesetEvent event) {
        guard.take(event, suspicion);
        if (event instanceof RulesetEvent.Lost) {
            guard.tell(new GuardEvent.Lost());
        }
    }

    private void repair() {
        long beganNanos = System.nanoTime();
        List<Difference> repaired = guard.repair();
        Duration took = Duration.ofNanos(System.nanoTime() - beganNanos);
        List<RulesetEvent.Generation> by = suspicion.by();
        suspicion.settle();
        lastRefusal = "";
        if (!repaired.isEmpty()) {
            pace.repaired(beganNanos);
            guard.tell(new GuardEvent.Repaired(by, repaired, took));
        }
    }

    private void tell(LinuxException refused) {
        String message = String.valueOf(refused.getMessage());
        if (!message.equals(lastRefusal)) {
            lastRefusal = message;
            guard.tell(new GuardEvent.Refused(refused));
        }
    }
}
