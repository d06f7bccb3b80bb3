package dev.weft.firewall.iptables;

import java.util.List;
import java.util.Optional;

/// A module that looks at packets: `-m multiport --dports 80,443`.
///
/// @param module its name
/// @param options in order
public record Match(String module, List<Option> options) {
    public Match {
        options = List.copyOf(options);
    }

    /// A match with options.
    public static Match of(String module, Option... options) {
        return new Match(module, List.of(options));
    }

    /// The first option of a name.
    public Optional<Option> option(String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }
}
