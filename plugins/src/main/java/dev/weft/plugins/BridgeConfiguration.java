package dev.weft.plugins;

import dev.weft.cni.CniArguments;
import dev.weft.cni.CniException;
import dev.weft.cni.Dns;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.Request;
import java.util.Optional;
import java.util.Set;

/// The keys of the bridge plugin.
record BridgeConfiguration(
        String bridge,
        boolean gateway,
        boolean defaultGateway,
        boolean forceAddress,
        boolean masquerade,
        int mtuBytes,
        boolean hairpin,
        boolean promiscuous,
        boolean isolated,
        boolean detectDuplicates,
        boolean containerDown,
        Optional<String> mac,
        Optional<Dns> dns) {

    static BridgeConfiguration of(Request request) {
        Fields fields = request.configuration().fields();
        boolean defaultGateway = flag(fields, "isDefaultGateway");
        BridgeConfiguration configuration =
                new BridgeConfiguration(
                        fields.text("bridge").filter(name -> !name.isEmpty()).orElse("cni0"),
                        defaultGateway || flag(fields, "isGateway"),
                        defaultGateway,
                        flag(fields, "forceAddress"),
                        flag(fields, "ipMasq"),
                        fields.integer("mtu").orElse(0),
                        flag(fields, "hairpinMode"),
                        flag(fields, "promiscMode"),
                        flag(fields, "portIsolation"),
                        flag(fields, "enabledad"),
                        flag(fields, "disableContainerInterface"),
                        mac(request),
                        fields.object("dns").filter(dns -> !dns.json().isEmpty()).map(Dns::of));
        configuration.requireConsistent(Ipam.isNamed(request));
        return configuration;
    }

    private static boolean flag(Fields fields, String key) {
        return fields.flag(key).orElse(false);
    }

    private void requireConsistent(boolean addresses) {
        if (hairpin && promiscuous) {
            throw invalid("cannot set hairpin mode and promiscuous mode at the same time");
        }
        if (containerDown && addresses) {
            throw invalid("cannot use IPAM when DisableContainerInterface flag is set");
        }
    }

    private static CniException invalid(String text) {
        return new CniException(ErrorCode.INVALID_CONFIGURATION, text);
    }

    /// From CNI_ARGS, `args.cni.mac` or `runtimeConfig.mac`; the last of these that is there
    /// counts.
    private static Optional<String> mac(Request request) {
        Fields fields = request.configuration().fields();
        return fields.object("runtimeConfig")
                .flatMap(config -> config.text("mac"))
                .or(() ->
                        fields.object("args")
                                .flatMap(args -> args.object("cni"))
                                .flatMap(cni -> cni.text("mac")))
                .or(() -> CniArguments.parse(request.arguments(), Set.of("MAC")).find("MAC"))
                .filter(text -> !text.isEmpty());
    }
}
