package dev.weft.cli.kubenet;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Chain;
import dev.weft.firewall.ChainType;
import dev.weft.firewall.Hook;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Priority;
import dev.weft.firewall.Rule;
import dev.weft.firewall.RuleBuilder;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.desired.Difference;
import dev.weft.firewall.expression.Compare;
import dev.weft.firewall.expression.Compare.Operator;
import dev.weft.firewall.expression.Meta;
import dev.weft.firewall.expression.MetaKey;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a node has in nftables for its pods: two tables of the same name.
///
/// `inet weft_kubenet` masquerades what pods send out of the cluster.
///
/// `bridge weft_kubenet` is for the promiscuous bridge. A packet that a pod sends to the bridge's
/// own hardware address, and whose destination becomes another pod's while `br_netfilter` has it,
/// is forwarded by the bridge; and since the bridge is promiscuous, the host gets it as well and
/// routes it to the same pod. Of the two, the bridge's is dropped: it alone is a forwarded packet
/// that was sent to the host. (kubenet dropped the host's, by its source address, and with it every
/// packet that only the host had.)
final class NodeTables {
    private static final String NAME = "weft_kubenet";
    private static final String COMMENT = "of weft kubenet";
    private static final Table ROUTED = Table.of(Family.INET, NAME).comment(COMMENT);
    private static final Table BRIDGED = Table.of(Family.BRIDGE, NAME).comment(COMMENT);

    /// That of the chains which Linux has for bridges (`NF_BR_PRI_FILTER_BRIDGED`).
    private static final int BRIDGE_FILTER = -200;

    /// `PACKET_HOST` of `linux/if_packet.h`.
    private static final int TO_THE_HOST = 0;

    private final Settings settings;
    private final List<IpPrefix> pods;

    /// @param pods the networks that pods have addresses of
    NodeTables(Settings settings, List<IpPrefix> pods) {
        this.settings = settings;
        this.pods = List.copyOf(pods);
    }

    /// What nobody needs any more.
    static Batch removal(Nftables nftables) {
        Batch batch = new Batch();
        Stream.of(ROUTED, BRIDGED)
                .filter(table -> nftables.find(table).isPresent())
                .forEach(batch::delete);
        return batch;
    }

    /// What the tables lack.
    Batch missing(Nftables nftables) {
        Batch batch = new Batch();
        Stream.of(masquerade(), deduplication())
                .forEach(wanted -> difference(nftables, wanted).ifPresent(it -> it.addTo(batch)));
        return batch;
    }

    private static Optional<Difference> difference(Nftables nftables, TableContent wanted) {
        Optional<TableContent> actual =
                nftables.find(wanted.table()).map(found -> nftables.read(found));
        if (wanted.chains().isEmpty()) {
            return actual.map(there -> Difference.removal(there.table()));
        }
        return Optional.of(Difference.between(actual, wanted));
    }

    private TableContent masquerade() {
        Chain chain =
                Chain.base(ROUTED, "leaving", ChainType.NAT, Hook.POSTROUTING, Priority.SOURCE_NAT);
        List<Rule> rules = new ArrayList<>();
        for (IpPrefix range : pods) {
            IpFamily family = IpFamily.of(range.address());
            if (settings.masquerades(family)) {
                RuleBuilder rule = Rule.in(chain).source(range);
                Stream.concat(
                                pods.stream()
                                        .filter(other ->
                                                family.equals(IpFamily.of(other.address()))),
                                settings.direct(family))
                        .distinct()
                        .forEach(rule::notDestination);
                rules.add(rule.masquerade());
            }
        }
        if (!rules.isEmpty()) {
            rules.addFirst(Rule.in(chain).destinationIsLocal().returnToCaller());
        }
        return content(ROUTED, chain, rules);
    }

    private TableContent deduplication() {
        Chain chain =
                Chain.base(BRIDGED, "forwarded", ChainType.FILTER, Hook.FORWARD, BRIDGE_FILTER);
        List<Rule> rules =
                settings.hairpin() == HairpinMode.PROMISCUOUS_BRIDGE
                        ? pods.stream()
                                .map(range ->
                                        Rule.in(chain)
                                                .add(new Meta(MetaKey.PACKET_TYPE, Register.FIRST))
                                                .add(
                                                        new Compare(
                                                                Operator.EQUAL,
                                                                Register.FIRST,
                                                                Datum.u8(TO_THE_HOST)))
                                                .destination(range)
                                                .drop())
                                .toList()
                        : List.of();
        return content(BRIDGED, chain, rules);
    }

    private static TableContent content(Table table, Chain chain, List<Rule> rules) {
        return new TableContent(table, rules.isEmpty() ? Map.of() : Map.of(chain, rules), Map.of());
    }
}
