package dev.weft.plugins.bridge;

import static dev.weft.plugins.site.CommonKeys.invalid;

import dev.weft.cni.CniArguments;
import dev.weft.cni.Fields;
import dev.weft.cni.Request;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.InvalidRequestException;
import dev.weft.plugins.link.Ipam;
import java.util.Optional;
import java.util.Set;

/// The keys of the bridge plugin.
///
/// @param bridge the device
/// @param gateway whether the host has the gateways' addresses
/// @param defaultGateway whether containers get default routes to them
/// @param forceAddress whether another address gives way
/// @param hairpin whether a container's packets may come back to it
/// @param promiscuous whether the bridge takes every packet
/// @param isolated whether containers do not see each other
/// @param spoofCheck whether a container can only send under its own hardware address
/// @param detectDuplicates whether IPv6 addresses are asked for first
/// @param containerDown whether the container's end stays down
/// @param mac of the container's end
/// @param vlans of the bridge's port
/// @param pair what `ptp` has as well
public record BridgeConfiguration(
        String bridge,
        boolean gateway,
        boolean defaultGateway,
        boolean forceAddress,
        boolean hairpin,
        boolean promiscuous,
        boolean isolated,
        boolean spoofCheck,
        boolean detectDuplicates,
        boolean containerDown,
        Optional<HardwareAddress> mac,
        PortVlans vlans,
        PairConfiguration pair) {

    public static BridgeConfiguration of(Request request) {
        Fields fields = request.configuration().fields();
        boolean defaultGateway = flag(fields, "isDefaultGateway");
        BridgeConfiguration configuration =
                new BridgeConfiguration(
                        bridge(request),
                        defaultGateway || flag(fields, "isGateway"),
                        defaultGateway,
                        flag(fields, "forceAddress"),
                        flag(fields, "hairpinMode"),
                        flag(fields, "promiscMode"),
                        flag(fields, "portIsolation"),
                        checksSpoofing(request),
                        flag(fields, "enabledad"),
                        flag(fields, "disableContainerInterface"),
                        mac(request),
                        PortVlans.of(fields),
                        PairConfiguration.of(request.configuration()));
        configuration.requireConsistent(Ipam.isNamed(request));
        return configuration;
    }

    static String bridge(Request request) {
        return request.configuration()
                .fields()
                .text("bridge")
                .filter(name -> !name.isEmpty())
                .orElse("cni0");
    }

    static boolean checksSpoofing(Request request) {
        return flag(request.configuration().fields(), "macspoofchk");
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
        if (vlans.access() != 0 && gateway) {
            VlanGateway.requireName(bridge, vlans.access());
        }
    }

    /// From CNI_ARGS, `args.cni.mac` or `runtimeConfig.mac`; the last of these that is there
    /// counts.
    private static Optional<HardwareAddress> mac(Request request) {
        Fields fields = request.configuration().fields();
        return text(fields.object("runtimeConfig"), "mac")
                .or(() -> text(fields.object("args").flatMap(args -> args.object("cni")), "mac"))
                .or(() ->
                        CniArguments.parse(request.arguments(), Set.of("MAC"))
                                .find("MAC")
                                .filter(text -> !text.isEmpty()))
                .map(BridgeConfiguration::hardwareAddress);
    }

    private static Optional<String> text(Optional<Fields> fields, String key) {
        return fields.flatMap(object -> object.text(key)).filter(text -> !text.isEmpty());
    }

    private static HardwareAddress hardwareAddress(String text) {
        try {
            return HardwareAddress.parse(text);
        } catch (InvalidRequestException malformed) {
            throw invalid("failed to make veth pair: invalid mac: " + malformed.getMessage());
        }
    }
}
