package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.weft.firewall.conntrack.ConnectionRequest;
import dev.weft.firewall.conntrack.Conntrack;
import dev.weft.firewall.conntrack.ConntrackFilter;
import dev.weft.firewall.conntrack.Tuple;
import dev.weft.firewall.desired.DesiredTable;
import dev.weft.firewall.desired.GuardEvent;
import dev.weft.firewall.desired.TableGuard;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.ipset.IpSetEntry;
import dev.weft.firewall.ipset.IpSetRequest;
import dev.weft.firewall.ipset.IpSetType;
import dev.weft.firewall.ipset.IpSets;
import dev.weft.firewall.iptables.Iptables;
import dev.weft.firewall.iptables.IptablesOptions;
import dev.weft.firewall.iptables.Transaction;
import dev.weft.firewall.language.RulesetJson;
import dev.weft.firewall.language.RulesetText;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Surroundings;
import dev.weft.firewall.value.TransportProtocol;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.KernelFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the module's README shows: each example is the body of a static method here, word for word.
final class ReadmeKernelIT {
    private static final Path README = Path.of("README.md");
    private static final Path SOURCE =
            Path.of("src/test/java/dev/weft/firewall/ReadmeKernelIT.java");
    private static final Pattern SHOWN =
            Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern EXAMPLE =
            Pattern.compile(
                    "^    static void \\w+\\([^{]*\\{\n(.*?)^    }$",
                    Pattern.DOTALL | Pattern.MULTILINE);
    private static final Table SHOP = Table.of(Family.INET, "shop");
    private static final int PATIENCE_SECONDS = 20;

    static void filter(NetworkNamespace namespace) {
        Table table = Table.of(Family.INET, "shop");
        Chain input =
                Chain.base(table, "input", ChainType.FILTER, Hook.INPUT, Priority.FILTER)
                        .policy(Verdict.DROP);
        try (Nftables nftables = Nftables.open(namespace)) {
            nftables.apply(
                    new Batch()
                            .create(table)
                            .create(input)
                            .append(Rule.in(input).inputInterface("lo").accept())
                            .append(Rule.in(input).connectionState(CtState.ESTABLISHED).accept())
                            .append(
                                    Rule.in(input)
                                            .source(IpPrefix.parse("10.0.0.0/8"))
                                            .port(Selector.TCP_DPORT, 22)
                                            .counter()
                                            .accept()
                                            .comment("administrators")));
        }
    }

    static void publish(Nftables nftables, Table table) {
        NftSet published =
                NftSet.map(
                        table,
                        "published",
                        List.of(DataType.INET_PROTO, DataType.INET_SERVICE),
                        List.of(DataType.IPV4_ADDR, DataType.INET_SERVICE));
        Chain prerouting =
                Chain.base(
                        table,
                        "prerouting",
                        ChainType.NAT,
                        Hook.PREROUTING,
                        Priority.DESTINATION_NAT);
        nftables.apply(
                new Batch()
                        .add(table)
                        .create(published)
                        .create(prerouting)
                        .append(
                                Rule.in(prerouting)
                                        .destinationIsLocal()
                                        .destinationNat(
                                                published, Selector.L4PROTO, Selector.TH_DPORT)));

        Datum from = Datum.concat(Datum.u8(TransportProtocol.TCP.number()), Datum.port(80));
        Datum to =
                Datum.concat(Datum.address(IpPrefix.parseAddress("172.17.0.2")), Datum.port(8080));
        nftables.apply(new Batch().add(published, Element.of(from, to)));
    }

    static void print(Nftables nftables, Appendable out) throws IOException {
        List<TableContent> ruleset = nftables.read();
        Surroundings around = Surroundings.none();
        out.append(RulesetText.of(ruleset, around));
        out.append(RulesetJson.by("1.0", "shop").of(ruleset, around));
    }

    static void guard(NetworkNamespace namespace, Consumer<GuardEvent> listener, Runnable work) {
        Table table = Table.of(Family.INET, "shop");
        NftSet blocked = NftSet.of(table, "blocked", DataType.IPV4_ADDR);
        Chain input = Chain.base(table, "input", ChainType.FILTER, Hook.INPUT, Priority.FILTER);
        TableContent wanted =
                new DesiredTable(table)
                        .with(
                                blocked,
                                Element.of(Datum.address(IpPrefix.parseAddress("192.0.2.1"))))
                        .with(input, Rule.in(input).in(blocked, Selector.IP_SADDR).drop())
                        .content();
        try (TableGuard guard = TableGuard.open(namespace, List.of(wanted), listener)) {
            work.run();
            guard.replace(List.of());
        }
    }

    static void endConnections(NetworkNamespace namespace, Appendable out) throws IOException {
        try (Conntrack conntrack = Conntrack.open(namespace)) {
            int ended =
                    conntrack.delete(
                            ConntrackFilter.all()
                                    .protocol(TransportProtocol.UDP)
                                    .destination(IpPrefix.parse("172.17.0.2/32"))
                                    .destinationPort(53));
            out.append(ended + " ended");
        }
    }

    static void iptables(NetworkNamespace namespace) {
        Iptables iptables =
                Iptables.open(IptablesOptions.DEFAULT.withNamespace(namespace).withWaitSeconds(5));
        iptables.apply(
                new Transaction()
                        .clearChain("filter", "WEB")
                        .append("filter", "WEB", "-p", "tcp", "--dport", "80", "-j", "ACCEPT")
                        .append("filter", "WEB", "-j", "DROP")
                        .insert("filter", "FORWARD", 1, "-o", "br0", "-j", "WEB"));
    }

    static void ipset(NetworkNamespace namespace, Appendable out) throws IOException {
        try (IpSets sets = IpSets.open(namespace)) {
            sets.create(
                    IpSetRequest.of("blocked", IpSetType.HASH_NET).timeout(Duration.ofHours(1)));
            sets.add("blocked", List.of(IpSetEntry.of(IpPrefix.parse("203.0.113.0/24"))));
            out.append(sets.read("blocked").toString());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// What a pattern finds in a file, each without its layout.
    private static List<String> found(Pattern pattern, Path file) {
        return pattern.matcher(read(file))
                .results()
                .map(match -> match.group(1).replaceAll("\\s+", ""))
                .toList();
    }

    @Test
    void readme_showsWhatIsRunHere_andNothingElse() {
        assertThat(found(SHOWN, README))
                .hasSize(7)
                .containsExactlyElementsOf(found(EXAMPLE, SOURCE));
    }

    @Test
    void filter_isLoaded_andPrintedAsTheReadmeShows() throws IOException {
        try (Sandbox sandbox = new Sandbox()) {
            filter(sandbox.namespace());
            StringWriter out = new StringWriter();

            print(sandbox.nftables(), out);

            String text = sandbox.nft("list", "ruleset");
            assertThat(out.toString()).startsWith(text);
            assertThat(read(README)).contains("```\n" + text.replace("\t", "    ") + "```");
            assertThat(objects(out.toString().substring(text.length())))
                    .isEqualTo(objects(sandbox.nft("-j", "list", "ruleset")));
        }
    }

    private static JsonArray objects(String json) {
        JsonArray all = JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("nftables");
        all.remove(0);
        return all;
    }

    @Test
    void publishedPort_isAnElement() {
        try (Sandbox sandbox = new Sandbox()) {
            publish(sandbox.nftables(), SHOP);

            assertThat(sandbox.nft("list", "ruleset"))
                    .contains("elements = { tcp . 80 : 172.17.0.2 . 8080 }")
                    .contains(
                            "fib daddr type local dnat ip to meta l4proto . th dport map @published");
        }
    }

    @Test
    void guard_repairsWhatWorkBreaks_andRemovesItAtTheEnd() {
        try (Sandbox sandbox = new Sandbox()) {
            BlockingQueue<GuardEvent> told = new LinkedBlockingQueue<>();
            guard(
                    sandbox.namespace(),
                    told::add,
                    () -> {
                        String before = sandbox.nft("list", "ruleset");
                        sandbox.nft("flush", "ruleset");
                        assertThat(next(told)).isInstanceOf(GuardEvent.Repaired.class);
                        assertThat(sandbox.nft("list", "ruleset"))
                                .contains("192.0.2.1", "ip saddr @blocked drop")
                                .isEqualTo(before);
                    });

            assertThat(sandbox.nft("list", "ruleset")).isEmpty();
        }
    }

    private static GuardEvent next(BlockingQueue<GuardEvent> told) {
        try {
            GuardEvent event = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("the guard told nothing");
            }
            return event;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    @Test
    void connectionsThatTheFilterMeans_end_andNoOthers() throws IOException {
        try (Sandbox sandbox = new Sandbox();
                Conntrack conntrack = Conntrack.open(sandbox.namespace())) {
            for (String server : List.of("172.17.0.2", "172.17.0.3")) {
                Tuple tuple =
                        Tuple.of(
                                TransportProtocol.UDP,
                                IpPrefix.parseAddress("10.0.0.1"),
                                1000,
                                IpPrefix.parseAddress(server),
                                53);
                conntrack.create(ConnectionRequest.of(tuple).timeout(Duration.ofHours(1)));
            }
            StringWriter out = new StringWriter();

            endConnections(sandbox.namespace(), out);

            assertThat(out).hasToString("1 ended");
            assertThat(conntrack.list()).hasSize(1).first().asString().contains("172.17.0.3");
        }
    }

    @Test
    void transaction_isWhatIptablesLists() {
        try (Sandbox sandbox = new Sandbox()) {
            iptables(sandbox.namespace());

            assertThat(sandbox.run("", "iptables", "-S").orFail().stdout().lines())
                    .contains(
                            "-A FORWARD -o br0 -j WEB",
                            "-A WEB -p tcp -m tcp --dport 80 -j ACCEPT",
                            "-A WEB -j DROP");
        }
    }

    @Test
    void ipset_isPrintedAsIpsetSaves() throws IOException {
        try (Sandbox sandbox = new Sandbox()) {
            assumeNetworks(sandbox.namespace());
            StringWriter out = new StringWriter();

            ipset(sandbox.namespace(), out);

            assertThat(out.toString())
                    .startsWith("create blocked hash:net family inet ")
                    .contains("add blocked 203.0.113.0/24 timeout 3");
        }
    }

    private static void assumeNetworks(NetworkNamespace namespace) {
        boolean known = true;
        try (IpSets sets = IpSets.open(namespace)) {
            sets.revision(IpSetType.HASH_NET, Family.IP.number());
        } catch (KernelException unknown) {
            known = false;
        }
        KernelFeature.assume("type of set hash:net", known);
    }

    @Test
    void refusal_readsAsTheReadmeShows() {
        try (Sandbox sandbox = new Sandbox()) {
            Chain web = Chain.of(SHOP, "web");
            Batch batch =
                    new Batch()
                            .add(SHOP)
                            .add(web)
                            .append(Rule.in(web).jump(Chain.of(SHOP, "gone")));

            KernelException refused =
                    catchThrowableOfType(
                            KernelException.class, () -> sandbox.nftables().apply(batch));

            // At which attribute the kernel points depends on its version.
            String said = String.valueOf(refused.getMessage()).split(": at ", 2)[0];
            assertThat(said).endsWith("its table has no chain gone");
            assertThat(read(README)).contains("```\n" + said);
            assertThat(sandbox.nft("list", "ruleset")).isEmpty();
        }
    }
}
