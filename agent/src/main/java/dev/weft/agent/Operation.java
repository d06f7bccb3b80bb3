package dev.weft.agent;

import dev.weft.cni.CniException;
import dev.weft.cni.PluginCall;
import dev.weft.cni.Reply;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What happened in one call, for the log and the metrics. Belongs to the thread that serves it.
final class Operation {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int TRACE_ID_DIGITS = 32;

    private final PluginCall call;
    private final long startNanos;
    private final Map<String, Long> phasesNanos = new LinkedHashMap<>();
    private String network = "";

    Operation(PluginCall call, long startNanos) {
        this.call = call;
        this.startNanos = startNanos;
    }

    /// The plugin has understood which network it is about.
    void concerns(String name) {
        network = name;
    }

    /// A step begins; of steps within steps each counts.
    Runnable begin(String phase) {
        long start = System.nanoTime();
        return () -> phasesNanos.merge(phase, System.nanoTime() - start, Long::sum);
    }

    /// How it ended.
    Ended end(Reply reply) {
        return new Ended(
                call,
                network,
                System.nanoTime() - startNanos,
                new LinkedHashMap<>(phasesNanos),
                failure(reply));
    }

    private static Optional<CniException> failure(Reply reply) {
        if (reply.exitCode() == 0) {
            return Optional.empty();
        }
        try {
            reply.requireSuccess();
            return Optional.empty();
        } catch (CniException failed) {
            return Optional.of(failed);
        }
    }

    /// A call that is over.
    ///
    /// @param network its name, or empty when it was not understood
    /// @param durationNanos from the first byte read to the answer made
    /// @param phasesNanos the time of each step
    record Ended(
            PluginCall call,
            String network,
            long durationNanos,
            Map<String, Long> phasesNanos,
            Optional<CniException> failure) {
        Ended {
            phasesNanos = Collections.unmodifiableMap(phasesNanos);
        }

        String variable(String name) {
            return call.environment().getOrDefault(name, "");
        }

        /// The command, as it was asked for.
        String command() {
            return variable("CNI_COMMAND");
        }

        /// All of it, as a line of the log has it.
        Map<String, Object> facts() {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("plugin", call.plugin());
            facts.put("command", command());
            facts.put("network", network);
            facts.put("container", variable("CNI_CONTAINERID"));
            facts.put("interface", variable("CNI_IFNAME"));
            facts.put("netns", variable("CNI_NETNS"));
            facts.put("code", failure.map(CniException::code).orElse(0));
            traceId().ifPresent(id -> facts.put("trace", id));
            facts.put("milliseconds", durationNanos / NANOS_PER_MILLI);
            phasesNanos.forEach((phase, nanos) ->
                    facts.put("milliseconds to " + phase, nanos / NANOS_PER_MILLI));
            return facts;
        }

        /// The trace that the call belongs to, where the runtime hands on a W3C trace context:
        /// version, trace id, parent id and flags, separated by hyphens.
        Optional<String> traceId() {
            String[] parts = variable("TRACEPARENT").split("-", -1);
            return parts.length >= 4 && parts[1].length() == TRACE_ID_DIGITS
                    ? Optional.of(parts[1])
                    : Optional.empty();
        }
    }
}
