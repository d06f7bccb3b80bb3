package dev.weft.plugins.site;

import dev.weft.linux.Errno;
import dev.weft.linux.IpFamily;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.namespace.OpenSysctl;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Whether a host passes packets on between its links. What tells is held open.
public final class Forwarding implements AutoCloseable {
    private final NetworkNamespace host;
    private final Map<IpFamily, OpenSysctl> opened = new EnumMap<>(IpFamily.class);

    Forwarding(NetworkNamespace host) {
        this.host = host;
    }

    /// Has the host do it. Written only when it does not yet, so that a read-only `/proc/sys` is
    /// none in the way.
    ///
    /// @throws KernelException ENOENT when the kernel lacks the family
    public void enable(IpFamily family) {
        if (!isEnabled(family)) {
            host.sysctls().write("1", key(family));
        }
    }

    public boolean isEnabled(IpFamily family) {
        return sysctl(family).map(OpenSysctl::read).filter("1"::equals).isPresent();
    }

    private synchronized Optional<OpenSysctl> sysctl(IpFamily family) {
        if (!opened.containsKey(family)) {
            try {
                opened.put(family, host.sysctls().open(key(family)));
            } catch (KernelException failed) {
                if (failed.is(Errno.ENOENT)) {
                    return Optional.empty();
                }
                throw failed;
            }
        }
        return Optional.of(opened.get(family));
    }

    private static String[] key(IpFamily family) {
        return switch (family) {
            case IPV4 -> new String[] {"net", "ipv4", "ip_forward"};
            case IPV6 -> new String[] {"net", "ipv6", "conf", "all", "forwarding"};
        };
    }

    @Override
    public synchronized void close() {
        opened.values().forEach(OpenSysctl::close);
    }
}
