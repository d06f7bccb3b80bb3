package dev.weft.plugins;

import dev.weft.cni.CniException;
import dev.weft.cni.Configuration;
import dev.weft.cni.Dns;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import java.util.Optional;
import java.util.stream.Stream;

/// The keys that all plugins with a pair of veths have.
///
/// @param mtuBytes of both ends, 0 for the kernel's default
/// @param masquerade by what packets leave the node under its own address; absent if they do not
/// @param dns instead of what the addresses' plugin says
record PairConfiguration(int mtuBytes, Optional<Masquerade.Backend> masquerade, Optional<Dns> dns) {
    static PairConfiguration of(Configuration configuration) {
        Fields fields = configuration.fields();
        PairConfiguration read =
                new PairConfiguration(
                        fields.integer("mtu").orElse(0), masquerade(fields), dns(fields));
        read.requireValid();
        return read;
    }

    private void requireValid() {
        if (mtuBytes < 0) {
            throw invalid("invalid mtu " + mtuBytes + ": use 0 for the kernel's default");
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

    /// One field, even an empty list, makes it count.
    static Optional<Dns> dns(Fields fields) {
        return fields.object("dns")
                .filter(dns ->
                        Stream.of("nameservers", "domain", "search", "options").anyMatch(dns::has))
                .map(Dns::of);
    }

    static CniException invalid(String text) {
        return new CniException(ErrorCode.INVALID_CONFIGURATION, text);
    }
}
