package dev.weft.plugins.device;

import dev.weft.cni.CniException;
import dev.weft.cni.Configuration;
import dev.weft.cni.Dns;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.plugins.site.CommonKeys;
import java.util.Optional;

/// The keys of the host-device plugin.
///
/// @param choice which device; absent when a runtime has yet to say
/// @param dns instead of what the addresses' plugin says
public record HostDeviceConfiguration(Optional<DeviceChoice> choice, Optional<Dns> dns) {
    public static HostDeviceConfiguration of(Configuration configuration) {
        Fields fields = configuration.fields();
        return new HostDeviceConfiguration(DeviceChoice.of(fields), CommonKeys.dns(fields));
    }

    /// @throws CniException when no device was chosen
    DeviceChoice requireChoice() {
        return choice.orElseThrow(() ->
                new CniException(
                        ErrorCode.INVALID_CONFIGURATION,
                        "specify either \"device\", \"hwaddr\", \"kernelpath\" or \"pciBusID\""));
    }
}
