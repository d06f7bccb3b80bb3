package dev.weft.firewall.iptables;

import dev.weft.linux.IpPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One way of writing each rule, for [Rule#isSameAs].
final class NormalForm {
    private static final Map<String, String> SHORT_NAMES =
            Map.of(
                    "--destination-port", "--dport",
                    "--destination-ports", "--dports",
                    "--source-port", "--sport",
                    "--source-ports", "--sports",
                    "--state", "--ctstate");

    /// Options whose values are sets.
    private static final Set<String> SETS = Set.of("--ctstate", "--ctstatus");

    private static final Option SYN = Option.of("--tcp-flags", "FIN,SYN,RST,ACK", "SYN");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]{1,45}");
    private static final Pattern MASKED = Pattern.compile("([0-9a-fA-F.:]{1,45})/([0-9.]{1,15})");

    private NormalForm() {}

    static Rule of(Rule rule) {
        Condition protocol = protocol(rule.protocol());
        return new Rule(
                rule.chain(),
                address(rule.source()),
                address(rule.destination()),
                unless("+", rule.inInterface()),
                unless("+", rule.outInterface()),
                protocol,
                rule.fragments(),
                matches(rule, protocol),
                target(rule),
                null);
    }

    private static @Nullable Condition unless(String everything, @Nullable Condition condition) {
        return condition != null && !condition.negated() && condition.value().equals(everything)
                ? null
                : condition;
    }

    private static @Nullable Condition protocol(@Nullable Condition condition) {
        return condition == null
                ? null
                : unless(
                        "all",
                        new Condition(Protocols.name(condition.value()), condition.negated()));
    }

    private static @Nullable Condition address(@Nullable Condition condition) {
        if (condition == null) {
            return null;
        }
        Optional<IpPrefix> prefix =
                masked(condition.value()).flatMap(text -> new Condition(text, false).prefix());
        if (prefix.isEmpty()) {
            return condition;
        }
        IpPrefix network = prefix.get().network();
        return network.length() == 0 && !condition.negated()
                ? null
                : new Condition(network.toString(), condition.negated());
    }

    /// An address or network with a prefix length, where it was written with a mask; nothing when
    /// the mask has holes or the text is no address.
    private static Optional<String> masked(String text) {
        if (text.equals("0/0")) {
            return Optional.of("0.0.0.0/0");
        }
        if (ADDRESS.matcher(text).matches()) {
            return Optional.of(text);
        }
        var parts = MASKED.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String mask = parts.group(2);
        return mask.indexOf('.') < 0
                ? Optional.of(text)
                : maskLength(mask).map(length -> parts.group(1) + "/" + length);
    }

    private static Optional<Integer> maskLength(String mask) {
        return new Condition(mask, false)
                .prefix()
                .map(prefix -> bits(prefix.address().getAddress()))
                .filter(bits -> (~bits & (~bits + 1)) == 0)
                .map(Integer::bitCount);
    }

    private static int bits(byte[] address) {
        int bits = 0;
        for (byte part : address) {
            bits = bits << Byte.SIZE | (part & 0xff);
        }
        return bits;
    }

    private static List<Match> matches(Rule rule, @Nullable Condition protocol) {
        String implied = protocol == null ? "" : Protocols.module(protocol.value());
        List<Match> matches = new ArrayList<>();
        for (Match match : rule.matches()) {
            if (!match.options().isEmpty() || !match.module().equals(implied)) {
                String module = match.module().equals("state") ? "conntrack" : match.module();
                matches.add(new Match(module, options(match.options())));
            }
        }
        return matches;
    }

    private static @Nullable Target target(Rule rule) {
        Target target = rule.target();
        if (target == null) {
            return null;
        }
        List<Option> options = options(target.options());
        boolean isDefault =
                target.name().equals("REJECT")
                        && Set.of(
                                        List.of(
                                                Option.of(
                                                        "--reject-with", "icmp-port-unreachable")),
                                        List.of(
                                                Option.of(
                                                        "--reject-with", "icmp6-port-unreachable")))
                                .contains(options);
        return new Target(target.name(), target.goesTo(), isDefault ? List.of() : options);
    }

    private static List<Option> options(List<Option> options) {
        return options.stream().map(NormalForm::option).toList();
    }

    private static Option option(Option option) {
        String name = SHORT_NAMES.getOrDefault(option.name(), option.name());
        if (name.equals("--syn")) {
            return new Option(SYN.name(), option.negated(), SYN.values());
        }
        if (name.equals("--set-mark") && option.values().size() == 1) {
            return new Option("--set-xmark", option.negated(), List.of(mark(option)));
        }
        return new Option(
                name,
                option.negated(),
                SETS.contains(name)
                        ? option.values().stream().map(NormalForm::sorted).toList()
                        : option.values());
    }

    private static String mark(Option option) {
        String value = option.values().getFirst();
        return value.indexOf('/') < 0 ? value + "/0xffffffff" : value;
    }

    private static String sorted(String list) {
        return Arrays.stream(list.split(",", -1)).sorted().collect(Collectors.joining(","));
    }
}
