package dev.weft.firewall.iptables;

import java.util.Locale;
import java.util.Map;

/// Names of protocols that `iptables` writes, and the modules that come with them.
final class Protocols {
    /// Of `/etc/protocols`, as the program has them built in.
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("0", "all"),
                    Map.entry("1", "icmp"),
                    Map.entry("6", "tcp"),
                    Map.entry("17", "udp"),
                    Map.entry("47", "gre"),
                    Map.entry("50", "esp"),
                    Map.entry("51", "ah"),
                    Map.entry("58", "ipv6-icmp"),
                    Map.entry("132", "sctp"),
                    Map.entry("135", "mobility-header"),
                    Map.entry("136", "udplite"),
                    Map.entry("icmpv6", "ipv6-icmp"),
                    Map.entry("ipv6-mh", "mobility-header"),
                    Map.entry("mh", "mobility-header"));

    private static final Map<String, String> MODULES =
            Map.of("ipv6-icmp", "icmp6", "mobility-header", "mh");

    private Protocols() {}

    /// A protocol's one name.
    static String name(String protocol) {
        String lower = protocol.toLowerCase(Locale.ROOT);
        return NAMES.getOrDefault(lower, lower);
    }

    /// The match that a protocol's options belong to.
    static String module(String protocol) {
        String name = name(protocol);
        return MODULES.getOrDefault(name, name);
    }
}
