package dev.weft.firewall.ipset;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A set with its entries.
///
/// @param entries in the kernel's order
public record IpSetContent(IpSet set, List<IpSetEntry> entries) {
    public IpSetContent {
        entries = List.copyOf(entries);
    }

    /// The lines that `ipset save` prints and `ipset restore` reads.
    @Override
    public String toString() {
        return Stream.concat(
                        Stream.of(set.toString()),
                        entries.stream()
                                .map(entry -> "add " + set.name() + " " + entry.text(set.type())))
                .collect(Collectors.joining("\n"));
    }
}
