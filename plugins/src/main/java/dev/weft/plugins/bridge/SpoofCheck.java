package dev.weft.plugins.bridge;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Chain;
import dev.weft.firewall.ChainType;
import dev.weft.firewall.Element;
import dev.weft.firewall.Hook;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Priority;
import dev.weft.firewall.Rule;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.Errno;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.KernelException;
import java.util.List;

/// Lets containers send only under their own hardware address, all of them by one table:
///
/// ```
/// table bridge weft {
///     set senders { type ifname . ether_addr; }
///     map guarded { type ifname : verdict; }        # each guarded port : jump verify
///     chain verify { iifname . ether saddr != @senders drop }
///     chain prerouting { type filter hook prerouting priority -300; iifname vmap @guarded }
/// }
/// ```
///
/// A packet costs two lookups however many containers there are. Every element of `guarded` is a
/// use of `verify`, which the kernel counts: so the table goes with its last port, without being
/// read.
final class SpoofCheck {
    private static final Table TABLE = new Table();
    private static final int ATTEMPTS = 20;

    private final Nftables nftables;

    SpoofCheck(Nftables nftables) {
        this.nftables = nftables;
    }

    /// The table and what is in it.
    private static final class Table {
        final dev.weft.firewall.Table itself = dev.weft.firewall.Table.of(Family.BRIDGE, "weft");
        final NftSet senders = NftSet.of(itself, "senders", DataType.IFNAME, DataType.ETHER_ADDR);
        final NftSet guarded = NftSet.verdictMap(itself, "guarded", DataType.IFNAME);
        final Chain verify = Chain.of(itself, "verify");
        final Chain prerouting =
                Chain.base(itself, "prerouting", ChainType.FILTER, Hook.PREROUTING, Priority.RAW)
                        .policy(Verdict.ACCEPT);

        Batch create() {
            return new Batch()
                    .create(itself)
                    .create(verify)
                    .create(senders)
                    .create(guarded)
                    .create(prerouting)
                    .append(
                            Rule.in(verify)
                                    .notIn(senders, Selector.IIFNAME, Selector.ETHER_SADDR)
                                    .drop())
                    .append(Rule.in(prerouting).verdict(guarded, Selector.IIFNAME));
        }
    }

    /// Guards a port; makes the table with its first one.
    void add(String port, HardwareAddress address) {
        for (int i = 1; ; i++) {
            try {
                nftables.apply(guard(i % 2 == 1 ? new Batch() : TABLE.create(), port, address));
                return;
            } catch (KernelException failed) {
                boolean changing = failed.is(Errno.ENOENT) || failed.is(Errno.EEXIST);
                if (!changing || i == ATTEMPTS) {
                    throw failed;
                }
            }
        }
    }

    private static Batch guard(Batch batch, String port, HardwareAddress address) {
        return batch.add(TABLE.senders, sender(port, address))
                .add(
                        TABLE.guarded,
                        Element.of(Datum.interfaceName(port), Verdict.jump(TABLE.verify.name())));
    }

    /// Guards a port no more; the table goes with the last one.
    void remove(String port, HardwareAddress address) {
        nftables.apply(() -> removal(port, address));
    }

    private Batch removal(String port, HardwareAddress address) {
        int ports = nftables.find(TABLE.verify).map(chain -> chain.uses() - 1).orElse(0);
        boolean guarded = isThere(TABLE.guarded, guarded(port));
        if (ports == 1 && guarded) {
            return new Batch().delete(TABLE.itself);
        }
        Batch batch = new Batch();
        if (isThere(TABLE.senders, sender(port, address))) {
            batch.delete(TABLE.senders, sender(port, address));
        }
        return guarded ? batch.delete(TABLE.guarded, guarded(port)) : batch;
    }

    /// Whether a port may send under this address.
    boolean isInForce(String port, HardwareAddress address) {
        return isThere(TABLE.guarded, guarded(port))
                && isThere(TABLE.senders, sender(port, address));
    }

    private boolean isThere(NftSet set, Element key) {
        return !nftables.find(set, List.of(key)).isEmpty();
    }

    private static Element guarded(String port) {
        return Element.of(Datum.interfaceName(port));
    }

    private static Element sender(String port, HardwareAddress address) {
        return Element.of(Datum.concat(Datum.interfaceName(port), Datum.of(address.bytes())));
    }
}
