package dev.weft.plugins.site;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.firewall.Chain;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Table;
import dev.weft.firewall.iptables.Iptables;
import dev.weft.firewall.iptables.IptablesOptions;
import dev.weft.firewall.value.Family;
import dev.weft.linux.IpFamily;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.process.ProgramNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The programs `iptables` and `ip6tables` of a site, looked for when they are first needed; and
/// what is known of their rules without running them.
public final class SiteIptables {
    private final NetworkNamespace host;
    private final Map<IpFamily, Iptables> programs = new EnumMap<>(IpFamily.class);

    SiteIptables(NetworkNamespace host) {
        this.host = host;
    }

    /// The program of a family.
    ///
    /// @throws dev.weft.linux.process.ProgramException when it is not installed, or does not work
    public synchronized Iptables of(IpFamily family) {
        Iptables known = programs.get(family);
        if (known == null) {
            known = Iptables.open(options().withFamily(family));
            programs.put(family, known);
        }
        return known;
    }

    /// Makes sure that one of the programs is installed.
    ///
    /// @param advice what to do without
    /// @throws CniException code 50 when neither program is installed
    public void requireAny(String advice) {
        if (Stream.of(IpFamily.values()).allMatch(family -> find(family).isEmpty())) {
            throw new CniException(
                    ErrorCode.NOT_AVAILABLE, "neither iptables nor ip6tables is usable", advice);
        }
    }

    /// As [#of], if it is installed.
    private Optional<Iptables> find(IpFamily family) {
        try {
            return Optional.of(of(family));
        } catch (ProgramNotFoundException absent) {
            return Optional.empty();
        }
    }

    /// Entering a namespace takes a program of its own.
    private IptablesOptions options() {
        try (NetworkNamespace current = NetworkNamespace.current()) {
            return current.equals(host)
                    ? IptablesOptions.DEFAULT
                    : IptablesOptions.DEFAULT.withNamespace(host);
        }
    }

    /// Whether there may be a chain, found out without running a program: of the nft variant the
    /// kernel is asked for the chain, of the legacy variant whether it has the table at all.
    public boolean mayHave(Nftables nftables, IpFamily family, String table, String chain) {
        Family nft = family == IpFamily.IPV4 ? Family.IP : Family.IP6;
        return nftables.find(Chain.of(Table.of(nft, table), chain)).isPresent()
                || hasLegacy(family, table);
    }

    /// Whether x_tables has the table in this namespace.
    public boolean hasLegacy(IpFamily family, String table) {
        Path names =
                Path.of(
                        "/proc/thread-self/net",
                        family == IpFamily.IPV4 ? "ip_tables_names" : "ip6_tables_names");
        return host.open(() -> {
            try {
                return Files.readAllLines(names).contains(table);
            } catch (NoSuchFileException noLegacy) {
                return false;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }
}
