package dev.weft.cli.lab;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Chain;
import dev.weft.firewall.ChainType;
import dev.weft.firewall.Hook;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Priority;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Table;
import dev.weft.firewall.expression.Compare.Operator;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.namespace.NetworkNamespace;
import java.net.InetAddress;
import java.util.List;

/// The address translation that labs use, in one table of nftables.
final class LabFirewall {
    private static final Table TABLE = Table.of(Family.IP, "weft_lab");
    private static final Chain POSTROUTING =
            Chain.base(TABLE, "postrouting", ChainType.NAT, Hook.POSTROUTING, Priority.SOURCE_NAT);
    private static final Chain PREROUTING =
            Chain.base(
                    TABLE, "prerouting", ChainType.NAT, Hook.PREROUTING, Priority.DESTINATION_NAT);

    private LabFirewall() {}

    /// Hides the addresses of a network behind the one of the device that packets leave by.
    static void masquerade(NetworkNamespace namespace, IpPrefix source, String exceptDevice) {
        add(
                namespace,
                POSTROUTING,
                Rule.in(POSTROUTING)
                        .source(source)
                        .match(
                                Selector.OIFNAME,
                                Operator.NOT_EQUAL,
                                Datum.interfaceName(exceptDevice))
                        .masquerade());
    }

    /// Sends what comes to a port of one of the machine's own addresses to a service elsewhere.
    static void publish(NetworkNamespace namespace, int port, InetAddress target, int targetPort) {
        add(
                namespace,
                PREROUTING,
                Rule.in(PREROUTING)
                        .destinationIsLocal()
                        .port(Selector.TCP_DPORT, port)
                        .destinationNat(target, targetPort));
    }

    private static void add(NetworkNamespace namespace, Chain chain, Rule rule) {
        try (Nftables nftables = Nftables.open(namespace)) {
            nftables.apply(new Batch().add(TABLE).add(chain).append(rule));
        }
    }

    /// What a person would type to add a rule to one of the chains.
    static String command(String node, String chain, String priority, String rule) {
        return String.join(
                "\n",
                "ip netns exec " + node + " nft -f - <<'END'",
                "table ip weft_lab {",
                "  chain " + chain + " {",
                "    type nat hook " + chain + " priority " + priority + ";",
                "    " + rule,
                "  }",
                "}",
                "END");
    }

    /// All rules, each with its chain, in the words of `nft`.
    static List<String> rules(NetworkNamespace namespace) {
        try (Nftables nftables = Nftables.open(namespace)) {
            return nftables.tables().stream()
                    .flatMap(table -> nftables.rules(table).stream())
                    .map(rule -> rule.chain() + ": " + rule.text())
                    .toList();
        }
    }
}
