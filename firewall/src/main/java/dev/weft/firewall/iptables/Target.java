package dev.weft.firewall.iptables;

import java.util.List;
import java.util.Optional;

/// What becomes of a packet: `-j DNAT --to-destination 10.0.0.2:80`, `-g CHAIN`.
///
/// @param name a verdict, a module or a chain
/// @param goesTo whether the chain does not come back (`-g`)
/// @param options in order
public record Target(String name, boolean goesTo, List<Option> options) {
    public Target {
        options = List.copyOf(options);
    }

    /// A target that is jumped to (`-j`).
    public static Target of(String name, Option... options) {
        return new Target(name, false, List.of(options));
    }

    /// The first option of a name.
    public Optional<Option> option(String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }
}
