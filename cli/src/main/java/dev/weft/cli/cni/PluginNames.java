package dev.weft.cli.cni;

import java.util.List;

/// The plugins that the shim answers for, by the names that network configurations call them.
final class PluginNames {
    static final List<String> ALL =
            List.of(
                    "bridge",
                    "ptp",
                    "loopback",
                    "host-local",
                    "static",
                    "portmap",
                    "firewall",
                    "tuning",
                    "bandwidth",
                    "sbr");

    private PluginNames() {}
}
