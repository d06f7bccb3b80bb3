package dev.weft.cli.fw;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Chain;
import dev.weft.firewall.ChainType;
import dev.weft.firewall.Hook;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Rule;
import dev.weft.firewall.RuleBuilder;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableFlag;
import dev.weft.firewall.expression.Immediate;
import dev.weft.firewall.expression.MetaKey;
import dev.weft.firewall.expression.MetaSet;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.wire.IpProtocol;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which packets are traced beside those that the ruleset itself marks.
final class TraceFilter {
    /// Before all that rulesets usually have; connection tracking comes at -200.
    private static final int PRIORITY = -450;

    private static final String NAME = "weft-trace-";

    private static final int MOST_PORTS = 0xffff;

    private static final Map<String, Integer> PROTOCOLS =
            Map.of("icmp", 1, "tcp", 6, "udp", 17, "icmpv6", 58, "sctp", 132);

    @Option(names = "--all", description = "trace every IP packet; mind busy machines")
    private boolean all;

    @Option(
            names = "--source",
            paramLabel = "PREFIX",
            converter = PrefixConverter.class,
            description = "trace packets from an address or network")
    private @Nullable IpPrefix source;

    @Option(
            names = "--destination",
            paramLabel = "PREFIX",
            converter = PrefixConverter.class,
            description = "trace packets to an address or network")
    private @Nullable IpPrefix destination;

    @Option(
            names = "--protocol",
            paramLabel = "NAME|NUMBER",
            description = "trace packets of tcp, udp, icmp, icmpv6, sctp, or a protocol's number")
    private @Nullable String protocol;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "trace packets to a port, of TCP unless --protocol says another")
    private @Nullable Integer port;

    @Option(
            names = "--input",
            paramLabel = "DEVICE",
            description = "trace packets that come in by a device")
    private @Nullable String input;

    /// Whether packets are chosen here at all.
    boolean isGiven() {
        return all
                || source != null
                || destination != null
                || protocol != null
                || port != null
                || input != null;
    }

    /// Marks the chosen packets as long as the answer is open. The table belongs to its socket, so
    /// that the kernel removes it even when this program is killed.
    Nftables mark(NetworkNamespace namespace, Table table) {
        Nftables nftables = Nftables.open(namespace);
        try {
            Batch batch = new Batch().create(table.with(TableFlag.OWNER));
            for (Hook hook : List.of(Hook.PREROUTING, Hook.OUTPUT)) {
                Chain chain = Chain.base(table, hook.toString(), ChainType.FILTER, hook, PRIORITY);
                batch.create(chain).append(rule(chain));
            }
            nftables.apply(batch);
            return nftables;
        } catch (RuntimeException failed) {
            nftables.close();
            throw failed;
        }
    }

    /// The table that marks packets for this process.
    static Table table() {
        return Table.of(Family.INET, NAME + ProcessHandle.current().pid());
    }

    /// Whether a table is one that marks packets, for whatever process.
    static boolean isMark(String table) {
        return table.startsWith(NAME);
    }

    private Rule rule(Chain chain) {
        RuleBuilder rule = Rule.in(chain);
        if (input != null) {
            rule.inputInterface(input);
        }
        if (source != null) {
            rule.source(source);
        }
        if (destination != null) {
            rule.destination(destination);
        }
        if (protocol != null || port != null) {
            rule.match(Selector.L4PROTO, Datum.u8(protocolNumber()));
        }
        if (port != null) {
            rule.port(Selector.TH_DPORT, port);
        }
        return rule.add(new Immediate(Register.FIRST, Datum.u8(1)))
                .add(new MetaSet(MetaKey.NFTRACE, Register.FIRST))
                .rule();
    }

    private int protocolNumber() {
        if (protocol == null) {
            return IpProtocol.TCP.value();
        }
        Integer known = PROTOCOLS.get(protocol);
        return known == null ? Integer.parseInt(protocol) : known;
    }

    /// Looks at what was given before anything is made of it.
    ///
    /// @throws InvalidRequestException naming the option
    void check() {
        if (port != null && (port < 1 || port > MOST_PORTS)) {
            throw new InvalidRequestException("--port is 1 to 65535, not " + port);
        }
        if (protocol != null
                && !PROTOCOLS.containsKey(protocol)
                && !protocol.matches("\\d{1,2}|1\\d\\d|2[0-4]\\d|25[0-5]")) {
            throw new InvalidRequestException(
                    "--protocol is one of "
                            + String.join(", ", PROTOCOLS.keySet().stream().sorted().toList())
                            + " or a number up to 255, not "
                            + protocol);
        }
        if (input != null) {
            Datum.interfaceName(input);
        }
    }
}
