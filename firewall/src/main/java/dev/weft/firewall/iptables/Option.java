package dev.weft.firewall.iptables;

import java.util.List;

/// An option of a match or target, with its values: `! --dport 80`, `--log-prefix "web: "`.
///
/// @param name with its dashes; empty for words in a place where none belong, which are kept
/// @param negated whether a `!` stood before it, or, as programs before 1.4 wrote, after it
/// @param values unquoted, in order
public record Option(String name, boolean negated, List<String> values) {
    public Option {
        values = List.copyOf(values);
    }

    /// An option that is not negated.
    public static Option of(String name, String... values) {
        return new Option(name, false, List.of(values));
    }
}
