package dev.weft.plugins.nat;

import static dev.weft.plugins.site.CommonKeys.invalid;

import com.google.gson.JsonObject;
import dev.weft.cni.Fields;
import dev.weft.linux.IpFamily;
import java.util.ArrayList;
import java.util.List;

/// The keys of portmap that are the network's.
///
/// @param backend where to make it
/// @param hairpin `snat`: whether who reaches a published port from the container's own subnet or
///   from the host gets another source address, without which answers would not come back
/// @param everyone `masqAll`: whether everybody gets one
/// @param markBit `markMasqBit`: which bit of the packet mark iptables uses
/// @param markChain `externalSetMarkChain`: the chain that marks instead, or empty
/// @param conditions4 what else must hold for packets of IPv4, in the backend's language
/// @param conditions6 of IPv6
public record PortmapOptions(
        Backend backend,
        boolean hairpin,
        boolean everyone,
        int markBit,
        String markChain,
        List<String> conditions4,
        List<String> conditions6) {
    private static final int DEFAULT_MARK_BIT = 13;
    private static final int MOST_MARK_BIT = 31;

    /// Where rules are.
    public enum Backend {
        NFTABLES("nftables"),
        IPTABLES("iptables");

        private final String keyword;

        Backend(String keyword) {
            this.keyword = keyword;
        }

        @Override
        public String toString() {
            return keyword;
        }
    }

    public PortmapOptions {
        conditions4 = List.copyOf(conditions4);
        conditions6 = List.copyOf(conditions6);
    }

    /// Reads a configuration, or what [#toJson] wrote.
    public static PortmapOptions of(Fields fields) {
        int bit = fields.integer("markMasqBit").orElse(DEFAULT_MARK_BIT);
        String chain = fields.text("externalSetMarkChain").orElse("");
        if (!chain.isEmpty() && fields.has("markMasqBit")) {
            throw invalid("Cannot specify externalSetMarkChain and markMasqBit");
        }
        if (bit < 0 || bit > MOST_MARK_BIT) {
            throw invalid("MasqMarkBit must be between 0 and 31");
        }
        return new PortmapOptions(
                backend(fields),
                fields.flag("snat").orElse(true),
                fields.flag("masqAll").orElse(false),
                bit,
                chain,
                fields.strings("conditionsV4"),
                fields.strings("conditionsV6"));
    }

    /// nftables, unless an option means something to iptables alone.
    private static Backend backend(Fields fields) {
        String wanted = fields.text("backend").orElse("");
        List<String> forIptables = onlyFor(Backend.IPTABLES, fields);
        List<String> forNftables = onlyFor(Backend.NFTABLES, fields);
        return switch (wanted) {
            case "" -> {
                require(Backend.IPTABLES, forIptables.isEmpty() ? List.of() : forNftables);
                yield forIptables.isEmpty() && !fields.has("markMasqBit")
                        ? Backend.NFTABLES
                        : Backend.IPTABLES;
            }
            case "nftables" -> require(Backend.NFTABLES, forIptables);
            case "iptables" -> require(Backend.IPTABLES, forNftables);
            default -> throw invalid("unrecognized backend \"" + wanted + '"');
        };
    }

    private static List<String> onlyFor(Backend backend, Fields fields) {
        List<String> options = new ArrayList<>();
        if (backend == Backend.IPTABLES
                && !fields.text("externalSetMarkChain").orElse("").isEmpty()) {
            options.add("externalSetMarkChain");
        }
        for (String key : List.of("conditionsV4", "conditionsV6")) {
            List<String> words = fields.strings(key);
            if (!words.isEmpty() && language(words) == backend) {
                options.add(key);
            }
        }
        return options;
    }

    private static Backend language(List<String> words) {
        String first = words.getFirst();
        return first.startsWith("-") || first.startsWith("!") ? Backend.IPTABLES : Backend.NFTABLES;
    }

    private static Backend require(Backend backend, List<String> foreign) {
        if (!foreign.isEmpty()) {
            Backend other = backend == Backend.NFTABLES ? Backend.IPTABLES : Backend.NFTABLES;
            throw invalid(
                    backend
                            + " backend was requested but configuration contains "
                            + other
                            + "-specific options "
                            + "["
                            + String.join(" ", foreign)
                            + "]");
        }
        return backend;
    }

    /// The same by another backend.
    PortmapOptions in(Backend other) {
        return new PortmapOptions(
                other, hairpin, everyone, markBit, markChain, conditions4, conditions6);
    }

    List<String> conditions(IpFamily family) {
        return switch (family) {
            case IPV4 -> conditions4;
            case IPV6 -> conditions6;
        };
    }

    boolean isConditional() {
        return !conditions4.isEmpty() || !conditions6.isEmpty();
    }

    /// What differs from the defaults, for a record.
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("backend", backend.toString());
        json.addProperty("snat", hairpin);
        json.addProperty("masqAll", everyone);
        if (!markChain.isEmpty()) {
            json.addProperty("externalSetMarkChain", markChain);
        } else if (markBit != DEFAULT_MARK_BIT) {
            json.addProperty("markMasqBit", markBit);
        }
        if (isConditional()) {
            json.add("conditionsV4", PublishedPorts.array(conditions4));
            json.add("conditionsV6", PublishedPorts.array(conditions6));
        }
        return json;
    }
}
