package dev.weft.plugins;

import dev.weft.linux.IpFamily;
import dev.weft.linux.namespace.Sysctls;

/// Whether the host passes packets on between its links.
final class Forwarding {
    private Forwarding() {}

    /// Has the host do it. Written only when it does not yet, so that a read-only `/proc/sys` is
    /// none in the way.
    static void enable(Sysctls sysctls, IpFamily family) {
        if (!isEnabled(sysctls, family)) {
            sysctls.write("1", key(family));
        }
    }

    static boolean isEnabled(Sysctls sysctls, IpFamily family) {
        return sysctls.find(key(family)).filter("1"::equals).isPresent();
    }

    private static String[] key(IpFamily family) {
        return switch (family) {
            case IPV4 -> new String[] {"net", "ipv4", "ip_forward"};
            case IPV6 -> new String[] {"net", "ipv6", "conf", "all", "forwarding"};
        };
    }
}
