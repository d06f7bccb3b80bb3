package dev.weft.firewall.conntrack;

import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;

/// What a namespace records of its connections beyond what it needs; counts for those that begin
/// after it was set (sysctls of `net.netfilter`).
///
/// @param accounting packets and bytes of each direction
/// @param timestamps when a connection began and ended
public record ConntrackSettings(boolean accounting, boolean timestamps) {
    private static final String ACCOUNTING = "nf_conntrack_acct";
    private static final String TIMESTAMPS = "nf_conntrack_timestamp";

    /// What a namespace records.
    ///
    /// @throws KernelException ENOENT when the kernel tracks nothing, or not yet: a rule or a first
    ///   request of [Conntrack] has it load the module
    public static ConntrackSettings read(NetworkNamespace namespace) {
        return new ConntrackSettings(isOn(namespace, ACCOUNTING), isOn(namespace, TIMESTAMPS));
    }

    private static boolean isOn(NetworkNamespace namespace, String name) {
        return !namespace.sysctls().read("net", "netfilter", name).equals("0");
    }

    /// Has a namespace record this.
    ///
    /// @throws KernelException ENOENT when the kernel tracks nothing, or not yet: a rule or a first
    ///   request of [Conntrack] has it load the module
    public void apply(NetworkNamespace namespace) {
        set(namespace, ACCOUNTING, accounting);
        set(namespace, TIMESTAMPS, timestamps);
    }

    private static void set(NetworkNamespace namespace, String name, boolean on) {
        namespace.sysctls().write(on ? "1" : "0", "net", "netfilter", name);
    }
}
