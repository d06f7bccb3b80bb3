package dev.weft.firewall.language;

import dev.weft.firewall.expression.Header;
import dev.weft.firewall.expression.HeaderField;
import java.util.Map;
import java.util.Set;

/// Which messages of ICMP and ICMPv6 have which fields: behind the checksum, each type has its own.
///
/// Sources: RFC 792 and 950 (ICMP), 4443 and 2710 (ICMPv6).
final class MessageFields {
    private static final int UNKNOWN = -1;

    private static final Map<String, Set<Integer>> ICMP =
            Map.of(
                    "id", Set.of(0, 8, 13, 14, 15, 16, 17, 18),
                    "sequence", Set.of(0, 8, 13, 14, 15, 16, 17, 18),
                    "gateway", Set.of(5),
                    "mtu", Set.of(3));

    private static final Map<String, Set<Integer>> ICMPV6 =
            Map.of(
                    "id", Set.of(128, 129),
                    "sequence", Set.of(128, 129),
                    "parameter-problem", Set.of(4),
                    "mtu", Set.of(2),
                    "max-delay", Set.of(130, 131, 132));

    private MessageFields() {}

    private static Set<Integer> types(HeaderField field) {
        Map<String, Set<Integer>> all =
                field.header() == Header.ICMP
                        ? ICMP
                        : field.header() == Header.ICMPV6 ? ICMPV6 : Map.of();
        return all.getOrDefault(field.name(), Set.of());
    }

    /// Whether messages of a type have a field.
    ///
    /// @param message -1 when the type is not known
    static boolean fits(HeaderField field, int message) {
        Set<Integer> types = types(field);
        return types.isEmpty() || message == UNKNOWN || types.contains(message);
    }

    /// Whether a field tells the type, so that nobody need ask for that before.
    static boolean impliesType(HeaderField field) {
        return switch (field.name()) {
            case "gateway", "mtu", "parameter-problem", "max-delay" -> true;
            default -> false;
        };
    }
}
