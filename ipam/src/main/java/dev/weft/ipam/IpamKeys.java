package dev.weft.ipam;

import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Configuration;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.ResultFormat;
import dev.weft.cni.ResultRoute;
import dev.weft.linux.IpFamily;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What the configurations of both plugins have in common.
final class IpamKeys {
    private IpamKeys() {}

    /// The plugin's own object.
    ///
    /// @throws CniException when there is none
    static Fields ipam(Configuration configuration) {
        return configuration
                .fields()
                .object("ipam")
                .orElseThrow(() -> invalid("IPAM config missing 'ipam' key"));
    }

    /// What the runtime's user asks for, `args.cni`.
    static Optional<Fields> arguments(Configuration configuration) {
        return configuration.fields().object("args").flatMap(args -> args.object("cni"));
    }

    /// The routes of the container.
    static List<ResultRoute> routes(Fields ipam) {
        return ipam.objects("routes").stream().map(ResultFormat::decodeRoute).toList();
    }

    /// Results of the first versions have room for one address of each family.
    ///
    /// @param families that of each address
    static void requireOneOfFamily(List<IpFamily> families, CniVersion version) {
        if (version.isAtMost(CniVersion.V0_2_0)
                && families.stream()
                        .anyMatch(family -> Collections.frequency(families, family) > 1)) {
            throw invalid(
                    "CNI version " + version + " does not support more than 1 address per family");
        }
    }

    static CniException invalid(String text) {
        return new CniException(ErrorCode.INVALID_CONFIGURATION, text);
    }
}
