package dev.weft.plugins.site;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Table;
import dev.weft.firewall.value.Family;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import java.util.List;
import java.util.function.Predicate;

/// The tables of nftables that the reference plugins make: their rules are found by comments.
public final class ReferenceTables {
    private static final Table MASQUERADE = Table.of(Family.INET, "cni_plugins_masquerade");
    private static final List<Table> PORTS =
            List.of(Table.of(Family.IP, "cni_hostport"), Table.of(Family.IP6, "cni_hostport"));

    private ReferenceTables() {}

    /// Removes rules of bridge and ptp.
    public static void removeMasquerade(Nftables nftables, Predicate<String> comment) {
        remove(nftables, MASQUERADE, comment);
    }

    /// Removes rules of portmap, which are commented with the container's id alone.
    public static void removePorts(Nftables nftables, String containerId) {
        PORTS.forEach(table -> remove(nftables, table, containerId::equals));
    }

    /// Whether there are rules of bridge or ptp.
    public static boolean haveMasquerade(Nftables nftables, Predicate<String> comment) {
        return have(nftables, MASQUERADE, comment);
    }

    /// Whether there are rules of portmap.
    public static boolean havePorts(Nftables nftables, String containerId) {
        return PORTS.stream().anyMatch(table -> have(nftables, table, containerId::equals));
    }

    private static boolean have(Nftables nftables, Table table, Predicate<String> comment) {
        return nftables.find(table).isPresent()
                && nftables.rules(table).stream()
                        .anyMatch(rule -> rule.comment().filter(comment).isPresent());
    }

    private static void remove(Nftables nftables, Table table, Predicate<String> comment) {
        if (nftables.find(table).isEmpty()) {
            return;
        }
        Batch batch = new Batch();
        nftables.rules(table).stream()
                .filter(rule -> rule.comment().filter(comment).isPresent())
                .forEach((Rule rule) -> batch.delete(rule));
        try {
            nftables.apply(batch);
        } catch (KernelException failed) {
            if (!failed.is(Errno.ENOENT)) {
                throw failed;
            }
            remove(nftables, table, comment);
        }
    }
}
