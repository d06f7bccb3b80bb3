package dev.weft.bench;

import java.util.List;
import java.util.function.IntFunction;

/// A table as large as wanted, of rules as they are found: most of them about an address and a
/// port, a few with sets of their own, limits, logs, notes.
record LargeRuleset(int rules) {
    private static final String HEAD =
            """
            table inet weft_bench {
            \tset hosts {
            \t\ttype ipv4_addr
            \t\tflags interval
            \t\telements = { 10.0.0.0/8, 192.168.0.0/16 }
            \t}
            \tchain elsewhere {
            \t}
            """;

    private static final int RULES_OF_A_CHAIN = 500;

    /// Each hundredth rule has a set of its own, which is read by a question of its own.
    private static final int RULES_WITH_ONE_SET = 100;

    private static final List<IntFunction<String>> FORMS =
            List.of(
                    n -> "ip saddr " + host(n) + " tcp dport " + port(n) + " counter accept",
                    n -> "ip daddr " + host(n) + "/32 udp sport " + port(n) + " drop",
                    n -> "iifname \"eth" + n % 64 + "\" ip saddr @hosts counter jump elsewhere",
                    n -> "ct state established,related tcp dport " + port(n) + " accept",
                    n -> "ip6 saddr 2001:db8::" + Integer.toHexString(n & 0xffff) + " counter",
                    n ->
                            "meta mark set 0x"
                                    + Integer.toHexString(n + 1)
                                    + " comment \"mark "
                                    + n
                                    + '"',
                    n ->
                            "tcp dport "
                                    + port(n)
                                    + "-"
                                    + (port(n) + 9)
                                    + " limit rate 10/second accept",
                    n -> "meta l4proto udp log prefix \"seen " + n + " \" continue");

    private static String host(int number) {
        return "10." + (number >> 16 & 0xff) + '.' + (number >> 8 & 0xff) + '.' + (number & 0xff);
    }

    private static int port(int number) {
        return 1024 + number % 60_000;
    }

    /// The ruleset in `nft`'s language.
    String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (int i = 0; i < rules; i++) {
            if (i % RULES_OF_A_CHAIN == 0) {
                text.append(i == 0 ? "" : "\t}\n").append("\tchain c").append(i).append(" {\n");
            }
            text.append("\t\t").append(rule(i)).append('\n');
        }
        return text.append("\t}\n}\n").toString();
    }

    private static String rule(int number) {
        return number % RULES_WITH_ONE_SET == 0
                ? "tcp dport { " + port(number) + ", 22 } accept"
                : FORMS.get(number % FORMS.size()).apply(number);
    }
}
