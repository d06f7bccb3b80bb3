package dev.weft.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.cni.Command;
import dev.weft.ipam.PoolLevel;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;

/// The figures that are exposed to Prometheus; described in `docs/agent.md`.
///
/// Every label has a bounded set of values: what callers make up is `other`.
///
/// There are no exemplars: nothing traces operations, and looking for one wakes a thread for each.
final class AgentMetrics {
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final String OTHER = "other";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Set<String> plugins;
    private final Histogram durations =
            Histogram.builder()
                    .withoutExemplars()
                    .name("weft_operation_duration_seconds")
                    .help("Time from a request read to its answer made.")
                    .labelNames("plugin", "command")
                    .classicOnly()
                    .classicUpperBounds(
                            0.00025, 0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.25,
                            1, 4, 16, 64)
                    .register(registry);
    private final Summary phases =
            Summary.builder()
                    .withoutExemplars()
                    .name("weft_phase_duration_seconds")
                    .help("Time of the steps that operations are made of.")
                    .labelNames("plugin", "phase")
                    .register(registry);
    private final Counter errors =
            Counter.builder()
                    .withoutExemplars()
                    .name("weft_operation_errors_total")
                    .help("Operations that failed, by the code of the CNI error.")
                    .labelNames("plugin", "command", "code")
                    .register(registry);
    private final Counter notServed =
            Counter.builder()
                    .withoutExemplars()
                    .name("weft_connections_not_served_total")
                    .help("Connections that were refused, declined or dropped, by reason.")
                    .labelNames("outcome", "reason")
                    .register(registry);

    /// @param plugins the names of all plugins
    AgentMetrics(Set<String> plugins) {
        this.plugins = Set.copyOf(plugins);
    }

    /// Adds a figure that is asked for when it is read.
    void gauge(String name, String help, IntSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsInt()))
                .register(registry);
    }

    /// Adds how full the pools are.
    void pools(Pools pools) {
        pool("weft_pool_addresses", "Addresses that a pool can give.", pools, PoolLevel::capacity);
        pool(
                "weft_pool_addresses_taken",
                "Addresses of a pool that are given away.",
                pools,
                PoolLevel::taken);
    }

    private void pool(
            String name, String help, Pools pools, Function<PoolLevel, BigInteger> figure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("network", "set")
                .callback(callback ->
                        pools.levels()
                                .forEach((network, levels) ->
                                        levels.forEach(level ->
                                                callback.call(
                                                        figure.apply(level).doubleValue(),
                                                        network,
                                                        Integer.toString(level.rangeSet())))))
                .register(registry);
    }

    void ended(Operation.Ended operation) {
        String plugin = plugin(operation.call().plugin());
        String command = command(operation.command());
        durations
                .labelValues(plugin, command)
                .observe(operation.durationNanos() / NANOS_PER_SECOND);
        operation
                .phasesNanos()
                .forEach((phase, nanos) ->
                        phases.labelValues(plugin, phase).observe(nanos / NANOS_PER_SECOND));
        operation
                .failure()
                .ifPresent(
                        failure -> errors.labelValues(plugin, command, code(failure.code())).inc());
    }

    void notServed(String outcome, String reason) {
        notServed.labelValues(outcome, reason).inc();
    }

    private String plugin(String name) {
        return plugins.contains(name) ? name : OTHER;
    }

    private static String command(String text) {
        return Command.find(text).map(Command::name).orElse(OTHER);
    }

    /// Executed delegates have codes of their own.
    private static String code(int number) {
        return number >= 0 && number < 1000 ? Integer.toString(number) : OTHER;
    }

    /// All figures, as Prometheus reads them.
    String text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create()
                    .write(out, registry.scrape(), EscapingScheme.DEFAULT);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(UTF_8);
    }
}
