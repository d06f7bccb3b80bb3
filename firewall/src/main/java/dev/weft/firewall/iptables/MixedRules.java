package dev.weft.firewall.iptables;

import dev.weft.firewall.Nftables;
import dev.weft.firewall.value.Family;
import dev.weft.linux.IpFamily;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tables of both variants of `iptables` in one namespace. Packets go through the rules of both,
/// and each variant shows only its own: a common reason why a rule is there and nothing happens.
///
/// @param legacy tables that x_tables has loaded; one is loaded by being listed, so it may be empty
/// @param nft tables of nftables with the names that the nft variant uses
public record MixedRules(IpFamily family, List<String> legacy, List<String> nft) {
    private static final Set<String> TABLES = Set.of("filter", "nat", "mangle", "raw", "security");

    public MixedRules {
        legacy = List.copyOf(legacy);
        nft = List.copyOf(nft);
    }

    /// Looks for tables of both variants in a namespace.
    ///
    /// @return nothing when there are none, or only of one
    public static Optional<MixedRules> find(IpFamily family, NetworkNamespace namespace) {
        List<String> legacy = legacyTables(family, namespace);
        List<String> nft = legacy.isEmpty() ? List.of() : nftTables(family, namespace);
        return nft.isEmpty() ? Optional.empty() : Optional.of(new MixedRules(family, legacy, nft));
    }

    /// A kernel without x_tables has no such file; in a user namespace it may not be readable.
    private static List<String> legacyTables(IpFamily family, NetworkNamespace namespace) {
        Path names =
                Path.of(
                        "/proc/thread-self/net",
                        family == IpFamily.IPV4 ? "ip_tables_names" : "ip6_tables_names");
        return namespace.open(() -> {
            try {
                return Files.readAllLines(names).stream().sorted().toList();
            } catch (IOException none) {
                return List.of();
            }
        });
    }

    private static List<String> nftTables(IpFamily family, NetworkNamespace namespace) {
        Family searched = family == IpFamily.IPV4 ? Family.IP : Family.IP6;
        try (Nftables nftables = Nftables.open(namespace)) {
            return nftables.tables().stream()
                    .filter(table -> table.family() == searched && TABLES.contains(table.name()))
                    .map(table -> table.name())
                    .sorted()
                    .toList();
        }
    }

    /// What was found and what helps.
    @Override
    public String toString() {
        return family
                + ": rules of iptables-legacy in "
                + String.join(", ", legacy)
                + " and of iptables-nft in "
                + String.join(", ", nft)
                + ": each program shows only its own; move all rules to one of them";
    }
}
