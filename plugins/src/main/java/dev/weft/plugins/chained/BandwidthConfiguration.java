package dev.weft.plugins.chained;

import static dev.weft.plugins.site.CommonKeys.invalid;

import dev.weft.cni.Fields;
import dev.weft.cni.Request;
import java.util.Optional;
import java.util.stream.Stream;

/// The keys of the bandwidth plugin.
///
/// @param ingress for what goes to the container
/// @param egress for what comes from it
public record BandwidthConfiguration(
        Optional<BandwidthLimit> ingress, Optional<BandwidthLimit> egress) {

    /// Reads what a request wants. One key of the configuration's own hides all that the runtime
    /// gave, also when it is 0.
    public static BandwidthConfiguration of(Request request) {
        Fields fields = request.configuration().fields();
        boolean own =
                Stream.of("ingressRate", "ingressBurst", "egressRate", "egressBurst")
                        .anyMatch(fields::has);
        return own
                ? of(fields)
                : request.configuration()
                        .runtimeConfig()
                        .flatMap(config -> config.object("bandwidth"))
                        .map(BandwidthConfiguration::of)
                        .orElse(new BandwidthConfiguration(Optional.empty(), Optional.empty()));
    }

    private static BandwidthConfiguration of(Fields fields) {
        return new BandwidthConfiguration(limit(fields, "ingress"), limit(fields, "egress"));
    }

    private static Optional<BandwidthLimit> limit(Fields fields, String direction) {
        long rate = bits(fields, direction + "Rate");
        long burst = bits(fields, direction + "Burst");
        if (rate == 0 && burst == 0) {
            return Optional.empty();
        }
        if (burst == 0) {
            throw invalid("if rate is set, burst must also be set");
        }
        if (rate == 0) {
            throw invalid("if burst is set, rate must also be set");
        }
        return Optional.of(BandwidthLimit.ofBits(rate, burst));
    }

    private static long bits(Fields fields, String key) {
        long value = fields.number(key).orElse(0L);
        if (value < 0) {
            throw fields.wrong(key, "a number of bits, not " + value);
        }
        return value;
    }

    boolean isEmpty() {
        return ingress.isEmpty() && egress.isEmpty();
    }
}
