package dev.weft.plugins.filter;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.process.Program;
import dev.weft.linux.process.ProgramException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// firewalld, a zone of which lets through who is a source of it. Its interface on the system bus
/// is called by `busctl`.
final class Firewalld {
    private static final String NAME = "org.fedoraproject.FirewallD1";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Firewalld() {}

    /// An address that is a source of the zone already is none the worse; of another zone, it is
    /// refused.
    static void add(String zone, List<IpPrefix> addresses) {
        addresses.forEach(
                address -> call("addSource", zone, address, "ZONE_ALREADY_SET", "ALREADY_ENABLED"));
    }

    /// A firewalld that has ended took its sources with it.
    static void remove(String zone, List<IpPrefix> addresses) {
        for (IpPrefix address : addresses) {
            try {
                call("removeSource", zone, address, "NOT_ENABLED", "UNKNOWN_SOURCE");
            } catch (CniException | ProgramException failed) {
                if (isReachable()) {
                    throw failed;
                }
            }
        }
    }

    static boolean has(String zone, IpPrefix address) {
        return call("querySource", zone, address).contains("true");
    }

    /// Whether `busctl` is there, and firewalld on the bus. The bus is asked: it does not always
    /// know which process a name belongs to, which `busctl status` insists on.
    static boolean isReachable() {
        return Program.find("busctl").isPresent()
                && run(List.of(
                                "--system",
                                "call",
                                "org.freedesktop.DBus",
                                "/org/freedesktop/DBus",
                                "org.freedesktop.DBus",
                                "NameHasOwner",
                                "s",
                                NAME))
                        .output()
                        .contains("true");
    }

    private static String call(String method, String zone, IpPrefix address, String... harmless) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--system",
                                "call",
                                NAME,
                                "/org/fedoraproject/FirewallD1",
                                NAME + ".zone",
                                method,
                                "ss",
                                zone,
                                IpPrefix.host(address.address()).toString()));
        Program.Result result = run(words);
        if (result.status() == 0
                || List.of(harmless).stream().anyMatch(result.errors()::contains)) {
            return result.output();
        }
        throw new CniException(
                ErrorCode.INTERNAL,
                "firewalld refused " + method + " of " + address + " in zone " + zone,
                result.errors().strip());
    }

    private static Program.Result run(List<String> words) {
        return Program.of(Program.require("busctl"), words).withLimit(LIMIT).run();
    }
}
