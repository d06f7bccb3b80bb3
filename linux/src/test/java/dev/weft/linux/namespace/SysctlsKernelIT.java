package dev.weft.linux.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.KernelException;
import org.junit.jupiter.api.Test;

/// Sysctls that are held open.
final class SysctlsKernelIT {
    private static final String[] FORWARD = {"net", "ipv4", "ip_forward"};

    @Test
    void openSysctl_readsWhatIsWrittenMeanwhile_inItsOwnNamespace() {
        try (NetworkNamespace first = NetworkNamespace.create();
                NetworkNamespace second = NetworkNamespace.create();
                OpenSysctl sysctl = first.sysctls().open(FORWARD)) {
            first.sysctls().write("0", FORWARD);
            assertThat(sysctl.read()).isEqualTo("0");
            first.sysctls().write("1", FORWARD);
            second.sysctls().write("0", FORWARD);
            assertThat(sysctl.read()).isEqualTo("1");
            assertThat(sysctl.read()).isEqualTo("1");
        }
    }

    @Test
    void openOfMissingSysctl_isRefusedNamingIt() {
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            assertThatThrownBy(() -> namespace.sysctls().open("net", "ipv4", "none_such"))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("/proc/sys/net/ipv4/none_such");
        }
    }
}
