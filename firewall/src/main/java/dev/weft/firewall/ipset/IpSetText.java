package dev.weft.firewall.ipset;

import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.StringJoiner;

/// The line that makes a set, in the manner of ipset(8).
final class IpSetText {
    private IpSetText() {}

    static String of(IpSet set) {
        Attributes options = set.options();
        StringJoiner line = new StringJoiner(" ");
        line.add("create").add(set.name()).add(set.type().name());
        switch (set.type().storage()) {
            case HASH -> {
                if (set.type().hasFamily()) {
                    line.add(
                            "family "
                                    + (set.familyNumber() == IpFamily.IPV6.number()
                                            ? "inet6"
                                            : "inet"));
                }
                hexadecimal(line, options, "markmask", IpSetOptions.MARK_MASK);
                number(line, options, "hashsize", IpSetOptions.HASH_SIZE);
                number(line, options, "maxelem", IpSetOptions.MOST_ENTRIES);
            }
            case BITMAP -> line.add("range " + range(set));
            case LIST -> number(line, options, "size", IpSetOptions.SIZE);
        }
        number(line, options, "netmask", IpSetOptions.NETMASK);
        number(line, options, "timeout", IpSetOptions.TIMEOUT_SECONDS);
        flags(line, set);
        number(line, options, "bucketsize", IpSetOptions.BUCKET_SIZE);
        hexadecimal(line, options, "initval", IpSetOptions.SEED);
        return line.toString();
    }

    private static void number(
            StringJoiner line,
            Attributes options,
            String name,
            Attribute<? extends Number> attribute) {
        options.find(attribute).ifPresent(value -> line.add(name + " " + value));
    }

    private static void hexadecimal(
            StringJoiner line, Attributes options, String name, Attribute<Long> attribute) {
        options.find(attribute)
                .ifPresent(value -> line.add(name + " 0x" + HexFormat.of().toHexDigits(value, 8)));
    }

    private static String range(IpSet set) {
        return set.first()
                .map(first -> text(first) + set.last().map(last -> "-" + text(last)).orElse(""))
                .orElseGet(() ->
                        set.options().orElse(IpSetOptions.FIRST_PORT, 0)
                                + "-"
                                + set.options().orElse(IpSetOptions.LAST_PORT, 0));
    }

    private static String text(InetAddress address) {
        return IpPrefix.textOf(address);
    }

    private static void flags(StringJoiner line, IpSet set) {
        for (IpSetOptions.Flag flag : IpSetOptions.Flag.values()) {
            if (set.has(flag)) {
                line.add(
                        switch (flag) {
                            case COUNTERS -> "counters";
                            case COMMENT -> "comment";
                            case FORCE_ADD -> "forceadd";
                            case PACKET_INFO -> "skbinfo";
                        });
            }
        }
    }
}
