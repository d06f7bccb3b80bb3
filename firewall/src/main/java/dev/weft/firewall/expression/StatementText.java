package dev.weft.firewall.expression;

import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Family;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The text of those expressions that need nothing but themselves and, some, a register.
final class StatementText {
    private static final List<String> LOG_LEVELS =
            List.of("emerg", "alert", "crit", "err", "warn", "notice", "info", "debug");
    private static final int DEFAULT_LOG_LEVEL = 4;
    private static final int KIBI = 1024;
    private static final List<String> BYTE_UNITS = List.of("bytes", "kbytes", "mbytes");
    private static final Map<Long, String> UNITS =
            Map.of(1L, "second", 60L, "minute", 3_600L, "hour", 86_400L, "day", 604_800L, "week");
    private static final Map<Integer, String> OBJECT_TYPES =
            Map.of(1, "counter", 2, "quota", 4, "limit");
    private static final List<String> ICMPX_CODES =
            List.of("no-route", "port-unreachable", "host-unreachable", "admin-prohibited");
    private static final Map<Integer, String> ICMP_CODES =
            Map.of(
                    0, "net-unreachable",
                    1, "host-unreachable",
                    2, "prot-unreachable",
                    3, "port-unreachable",
                    9, "net-prohibited",
                    10, "host-prohibited",
                    13, "admin-prohibited");
    private static final Map<Integer, String> ICMPV6_CODES =
            Map.of(
                    0, "no-route",
                    1, "admin-prohibited",
                    3, "addr-unreachable",
                    4, "port-unreachable",
                    5, "policy-fail",
                    6, "reject-route");

    private StatementText() {}

    static String of(Counter counter) {
        return "counter packets " + counter.packets() + " bytes " + counter.bytes();
    }

    static String of(Fib fib) {
        return fib.flags().stream()
                .sorted()
                .map(Fib.Flag::toString)
                .filter(flag -> !flag.isEmpty())
                .collect(Collectors.joining(" . ", "fib ", " " + fib.result()));
    }

    static String of(Limit limit) {
        String unit = UNITS.getOrDefault(limit.unitSeconds(), limit.unitSeconds() + "s");
        String rate = limit.ofBytes() ? bytes(limit.rate()) : Long.toString(limit.rate());
        String text = "limit rate " + (limit.inverted() ? "over " : "") + rate + "/" + unit;
        if (!limit.ofBytes()) {
            return text + " burst " + limit.burst() + " packets";
        }
        return limit.burst() == 0 ? text : text + " burst " + bytes(limit.burst());
    }

    private static String bytes(long count) {
        int scale = 0;
        long rest = count;
        while (rest != 0 && rest % KIBI == 0 && scale < BYTE_UNITS.size() - 1) {
            rest /= KIBI;
            scale++;
        }
        return rest + " " + BYTE_UNITS.get(scale);
    }

    static String of(Log log) {
        String prefix = log.prefix().isEmpty() ? "" : " prefix \"" + log.prefix() + '"';
        return "log" + prefix + of(log.destination());
    }

    private static String of(Log.Destination destination) {
        return switch (destination) {
            case Log.Kernel(int level, Set<Log.Flag> flags) ->
                    level(level)
                            + flags.stream()
                                    .sorted()
                                    .map(flag -> " flags " + flag)
                                    .collect(Collectors.joining());
            case Log.Group(int number, Integer snapBytes, int threshold) ->
                    " group "
                            + number
                            + (snapBytes == null ? "" : " snaplen " + snapBytes)
                            + (threshold == 0 ? "" : " queue-threshold " + threshold);
        };
    }

    private static String level(int level) {
        if (level == DEFAULT_LOG_LEVEL) {
            return "";
        }
        return " level "
                + (level >= 0 && level < LOG_LEVELS.size() ? LOG_LEVELS.get(level) : level);
    }

    static String of(ObjectReference reference) {
        String kind = OBJECT_TYPES.getOrDefault(reference.type(), "object " + reference.type());
        return kind + " name \"" + reference.object() + '"';
    }

    /// @param network the guard that tells whose ICMP is meant
    static String of(Reject reject, Guard network) {
        int code = reject.code();
        return switch (reject.kind()) {
            case TCP_RESET -> "reject with tcp reset";
            case ICMPX_UNREACHABLE ->
                    code == 1
                            ? "reject"
                            : "reject with icmpx "
                                    + (code < ICMPX_CODES.size() ? ICMPX_CODES.get(code) : code);
            case ICMP_UNREACHABLE ->
                    network == Guard.IPV6
                            ? rejected("icmpv6", ICMPV6_CODES, code, 4)
                            : rejected("icmp", ICMP_CODES, code, 3);
        };
    }

    private static String rejected(
            String protocol, Map<Integer, String> codes, int code, int usual) {
        return code == usual
                ? "reject"
                : "reject with " + protocol + " " + codes.getOrDefault(code, "" + code);
    }

    static String of(Nat nat, Registers registers) {
        DataType type = nat.family() == Family.IP6 ? DataType.IPV6_ADDR : DataType.IPV4_ADDR;
        RegisterRange addresses = nat.addresses();
        String address = addresses == null ? "" : registers.take(addresses, type);
        String port = ports(nat.ports(), registers, ":");
        boolean brackets = type == DataType.IPV6_ADDR && !port.isEmpty();
        return nat.kind()
                + " "
                + nat.family()
                + " to "
                + (brackets ? "[" + address + "]" : address)
                + port
                + flags(nat.flags());
    }

    static String of(Masquerade masquerade, Registers registers) {
        return "masquerade"
                + ports(masquerade.ports(), registers, " to :")
                + flags(masquerade.flags());
    }

    static String of(Redirect redirect, Registers registers) {
        return "redirect" + ports(redirect.ports(), registers, " to :") + flags(redirect.flags());
    }

    /// Ports that a map gave together with the address are in no register of their own.
    private static String ports(@Nullable RegisterRange ports, Registers registers, String before) {
        return ports == null || !registers.holds(ports.lowest())
                ? ""
                : before + registers.take(ports, DataType.INET_SERVICE);
    }

    private static String flags(Set<NatFlag> flags) {
        String named =
                Stream.of(NatFlag.RANDOM, NatFlag.FULLY_RANDOM, NatFlag.PERSISTENT)
                        .filter(flags::contains)
                        .map(NatFlag::toString)
                        .collect(Collectors.joining(","));
        return named.isEmpty() ? "" : " " + named;
    }
}
