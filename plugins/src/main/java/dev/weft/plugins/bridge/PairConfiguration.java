package dev.weft.plugins.bridge;

import dev.weft.cni.Configuration;
import dev.weft.cni.Dns;
import dev.weft.cni.Fields;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.plugins.nat.Masquerade;
import dev.weft.plugins.site.CommonKeys;
import java.util.Optional;

/// The keys that all plugins with a pair of veths have.
///
/// @param mtuBytes of both ends, 0 for the kernel's default
/// @param masquerade by what packets leave the node under its own address; absent if they do not
/// @param dns instead of what the addresses' plugin says
public record PairConfiguration(
        int mtuBytes, Optional<Masquerade.Backend> masquerade, Optional<Dns> dns) {
    public static PairConfiguration of(Configuration configuration) {
        Fields fields = configuration.fields();
        PairConfiguration read =
                new PairConfiguration(
                        fields.integer("mtu").orElse(0),
                        masquerade(fields),
                        CommonKeys.dns(fields));
        read.requireValid();
        return read;
    }

    private void requireValid() {
        if (mtuBytes < 0) {
            throw CommonKeys.invalid(
                    "invalid mtu " + mtuBytes + ": use 0 for the kernel's default");
        }
    }

    private static Optional<Masquerade.Backend> masquerade(Fields fields) {
        return fields.flag("ipMasq").orElse(false)
                ? Optional.of(Masquerade.Backend.of(fields.text("ipMasqBackend")))
                : Optional.empty();
    }

    /// What is to be made for addresses.
    Optional<Masquerade.Plan> plan(Result addresses) {
        return masquerade
                .filter(_ -> !addresses.addresses().isEmpty())
                .map(backend ->
                        new Masquerade.Plan(
                                backend,
                                addresses.addresses().stream()
                                        .map(ResultAddress::address)
                                        .toList()));
    }
}
