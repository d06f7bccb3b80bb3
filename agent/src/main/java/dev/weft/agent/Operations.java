package dev.weft.agent;

import dev.weft.cni.PluginCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/// What became of every connection: for the log, one line each, and for the metrics. And which
/// operations are running, so that one that takes too long can be interrupted.
final class Operations {
    /// Asked by runtimes every few seconds, so not worth a line.
    private static final Set<String> ROUTINE = Set.of("VERSION", "STATUS", "");

    private final AgentMetrics metrics;
    private final Logger log;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();

    Operations(AgentMetrics metrics, Logger log) {
        this.metrics = metrics;
        this.log = log;
    }

    /// A call that is being served.
    final class Running implements AutoCloseable {
        private final Thread thread = Thread.currentThread();
        private final long startNanos = System.nanoTime();
        private final PluginCall call;
        private boolean interrupted;
        private boolean over;

        private Running(PluginCall call) {
            this.call = call;
        }

        /// Whether it was told to end, because it took too long.
        synchronized boolean isInterrupted() {
            return interrupted;
        }

        private synchronized void interruptAfter(Duration limit) {
            if (!over && !interrupted && System.nanoTime() - startNanos > limit.toNanos()) {
                interrupted = true;
                thread.interrupt();
                log.atError()
                        .addKeyValue("plugin", call.plugin())
                        .addKeyValue("command", call.environment().getOrDefault("CNI_COMMAND", ""))
                        .log("an operation is interrupted that took longer than {}", limit);
            }
        }

        /// The thread is not interrupted any more.
        @Override
        public void close() {
            synchronized (this) {
                over = true;
            }
            running.remove(this);
            if (interrupted) {
                Thread.interrupted();
            }
        }
    }

    /// The calling thread begins to serve a call.
    Running begin(PluginCall call) {
        Running operation = new Running(call);
        running.add(operation);
        return operation;
    }

    /// Interrupts what has been running for longer.
    void interruptAfter(Duration limit) {
        List.copyOf(running).forEach(operation -> operation.interruptAfter(limit));
    }

    void ended(Operation.Ended operation) {
        metrics.ended(operation);
        LoggingEventBuilder line = log.atLevel(level(operation));
        for (Map.Entry<String, Object> fact : operation.facts().entrySet()) {
            line = line.addKeyValue(fact.getKey(), fact.getValue());
        }
        line.log(operation.failure().map(Throwable::getMessage).orElse("done"));
    }

    private static Level level(Operation.Ended operation) {
        if (operation.failure().isPresent()) {
            return Level.WARN;
        }
        return ROUTINE.contains(operation.command()) ? Level.DEBUG : Level.INFO;
    }

    /// Nobody had time for it.
    void refused(String reason) {
        metrics.notServed("refused", reason);
        log.warn("a call was refused: {}", reason);
    }

    /// The shim was told to do it itself.
    void declined(String reason, String detail) {
        metrics.notServed("declined", reason);
        log.info("a call was declined: {}", detail);
    }

    /// It was no call, or nobody read the answer.
    void dropped(String reason, String detail) {
        metrics.notServed("dropped", reason);
        log.warn("a connection was dropped: {}", detail);
    }

    void failed(Throwable bug) {
        metrics.notServed("dropped", "bug");
        log.error("a connection was dropped because of a bug", bug);
    }
}
