package dev.weft.plugins.link;

import static dev.weft.plugins.site.CommonKeys.invalid;

import dev.weft.cni.CniArguments;
import dev.weft.cni.CniException;
import dev.weft.cni.Fields;
import dev.weft.cni.Request;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.InvalidRequestException;
import java.util.Optional;
import java.util.Set;

/// The hardware address that an interface shall have by its configuration.
public final class ConfiguredAddress {
    private ConfiguredAddress() {}

    /// From `mac`, CNI_ARGS or `runtimeConfig.mac`; the last of these that is there counts.
    ///
    /// @throws CniException when it is no address
    public static Optional<HardwareAddress> find(Request request, Fields fields) {
        return fields.object("runtimeConfig")
                .flatMap(ConfiguredAddress::key)
                .or(() ->
                        CniArguments.parse(request.arguments(), Set.of("MAC"))
                                .find("MAC")
                                .filter(text -> !text.isEmpty()))
                .or(() -> key(fields))
                .map(ConfiguredAddress::parse);
    }

    private static Optional<String> key(Fields fields) {
        return fields.text("mac").filter(text -> !text.isEmpty());
    }

    private static HardwareAddress parse(String text) {
        try {
            return HardwareAddress.parse(text);
        } catch (InvalidRequestException malformed) {
            throw invalid("failed to parse mac: " + malformed.getMessage());
        }
    }
}
