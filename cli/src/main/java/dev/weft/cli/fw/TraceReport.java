package dev.weft.cli.fw;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.weft.cli.text.Terminal;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.event.TraceEvent;
import dev.weft.firewall.language.RulesetText;
import dev.weft.firewall.value.Surroundings;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.wire.LinkType;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/// Steps of packets, told as they come: the packet once, then each rule in words.
final class TraceReport implements AutoCloseable {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    /// Numbers of packets are remembered up to here; a number that comes again later is a new
    /// packet's.
    private static final int MOST_PACKETS = 100_000;

    private final Nftables nftables;
    private final NetlinkSocket route;
    private final Surroundings around;
    private final boolean json;
    private final PrintWriter out;
    private final Map<RuleName, String> rules = new HashMap<>();
    private final Map<Integer, String> devices = new HashMap<>();
    private final Set<Integer> shown = new HashSet<>();
    private int packets;

    /// Which rule a step is about.
    private record RuleName(String table, long handle) {}

    private TraceReport(
            Nftables nftables,
            NetlinkSocket route,
            Surroundings around,
            boolean json,
            PrintWriter out) {
        this.nftables = nftables;
        this.route = route;
        this.around = around;
        this.json = json;
        this.out = out;
    }

    static TraceReport open(NetworkNamespace namespace, boolean json, PrintWriter out) {
        Nftables nftables = Nftables.open(namespace);
        try {
            return new TraceReport(
                    nftables,
                    NetlinkSocket.open(NetlinkProtocol.ROUTE, namespace),
                    Devices.around(namespace),
                    json,
                    out);
        } catch (RuntimeException failed) {
            nftables.close();
            throw failed;
        }
    }

    /// How many packets were seen.
    int packets() {
        return packets;
    }

    /// Whether a step is of a packet that has been seen.
    boolean knows(TraceEvent step) {
        return shown.contains(step.id());
    }

    /// Tells a step; not those of tables that only mark packets to be traced.
    void step(TraceEvent step) {
        boolean first = meet(step);
        if (first && !json) {
            packet(step);
        }
        if (TraceFilter.isMark(step.table()) || isEmpty(step)) {
            return;
        }
        if (json) {
            out.println(GSON.toJson(object(step)));
            return;
        }
        out.println(number(step) + "  " + place(step) + "  " + what(step));
    }

    /// The kernel tells the end of a chain as a rule of no number that goes on.
    private static boolean isEmpty(TraceEvent step) {
        return step.type().equals(Optional.of(TraceEvent.Type.RULE)) && step.rule().isEmpty();
    }

    /// Whether the packet is new.
    private boolean meet(TraceEvent step) {
        if (shown.size() >= MOST_PACKETS) {
            shown.clear();
        }
        boolean first = shown.add(step.id());
        packets += first ? 1 : 0;
        return first;
    }

    private void packet(TraceEvent step) {
        String line = number(step) + "  " + way(step) + describe(step);
        out.println(Terminal.styled(Ansi.AUTO, Style.bold, line));
    }

    private String way(TraceEvent step) {
        return step.inputIndex().map(index -> "in " + device(index) + ": ").orElse("")
                + step.outputIndex().map(index -> "out " + device(index) + ": ").orElse("");
    }

    private static String number(TraceEvent step) {
        return HexFormat.of().toHexDigits(step.id());
    }

    /// The packet in a line. The kernel shows no more than its headers, so what is missing behind
    /// them is no news.
    private static String describe(TraceEvent step) {
        byte[] network = step.networkHeader().bytes();
        byte[] transport = step.transportHeader().bytes();
        byte[] headers = new byte[network.length + transport.length];
        System.arraycopy(network, 0, headers, 0, network.length);
        System.arraycopy(transport, 0, headers, network.length, transport.length);
        Packet packet = Packet.decode(LinkType.RAW, Slice.of(headers));
        return new Packet(packet.layers(), packet.payload(), List.of()).toString();
    }

    private static String place(TraceEvent step) {
        return step.family() + " " + step.table() + " " + step.chain();
    }

    private String what(TraceEvent step) {
        String decided = step.verdict().map(TraceReport::coloured).orElse("");
        String rule =
                step.rule().map(handle -> "rule " + handle + ": " + rule(step, handle)).orElse("");
        String kind =
                step.type()
                        .map(type ->
                                switch (type) {
                                    case RULE -> rule;
                                    case POLICY -> "policy";
                                    case RETURN -> "end of chain";
                                })
                        .orElse("");
        return decided.isEmpty() ? kind : kind + " => " + decided;
    }

    private static String coloured(Verdict verdict) {
        Style style = verdict.equals(Verdict.DROP) ? Style.fg_red : Style.fg_green;
        return Terminal.styled(Ansi.AUTO, style, verdict.toString());
    }

    /// A rule in words. One that is not known was added since the rules were read last.
    private String rule(TraceEvent step, long handle) {
        RuleName name = new RuleName(step.family() + " " + step.table(), handle);
        if (!rules.containsKey(name)) {
            learn(Table.of(step.family(), step.table()), name.table());
        }
        return rules.computeIfAbsent(name, gone -> "(not there any more)");
    }

    /// Puts the rules of a table in words; none when it has gone since the packet met them.
    private void learn(Table table, String name) {
        try {
            TableContent beside = nftables.read(table);
            for (Rule rule : beside.chains().values().stream().flatMap(List::stream).toList()) {
                rule.handle()
                        .ifPresent(number ->
                                rules.put(
                                        new RuleName(name, number),
                                        RulesetText.of(rule, beside, around)));
            }
        } catch (KernelException failed) {
            if (!failed.is(Errno.ENOENT)) {
                throw failed;
            }
        }
    }

    private String device(int index) {
        return devices.computeIfAbsent(
                index,
                unknown -> {
                    Optional<Link> link = new Links(route).find(unknown);
                    return link.map(Link::name).orElse("device " + unknown);
                });
    }

    private JsonObject object(TraceEvent step) {
        JsonObject object = new JsonObject();
        object.addProperty("id", number(step));
        object.addProperty("family", step.family().toString());
        object.addProperty("table", step.table());
        object.addProperty("chain", step.chain());
        step.type()
                .ifPresent(
                        type -> object.addProperty("step", type.name().toLowerCase(Locale.ROOT)));
        step.rule()
                .ifPresent(handle -> {
                    object.addProperty("handle", handle);
                    object.addProperty("rule", rule(step, handle));
                });
        step.verdict().ifPresent(verdict -> object.addProperty("verdict", verdict.toString()));
        step.inputIndex().ifPresent(index -> object.addProperty("input", device(index)));
        step.outputIndex().ifPresent(index -> object.addProperty("output", device(index)));
        step.mark().ifPresent(mark -> object.addProperty("mark", mark));
        if (!step.networkHeader().isEmpty()) {
            object.addProperty("packet", describe(step));
        }
        return object;
    }

    @Override
    public void close() {
        route.close();
        nftables.close();
    }
}
