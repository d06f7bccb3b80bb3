package dev.weft.firewall.iptables;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chain with its rules.
///
/// @param policy `ACCEPT` or `DROP`; nothing for a chain that a user made
/// @param counters of the policy; zero for a chain that a user made
/// @param rules in order, with counters
public record SavedChain(
        String name, @Nullable String policy, Counters counters, List<Rule> rules) {
    public SavedChain {
        rules = List.copyOf(rules);
    }
}
