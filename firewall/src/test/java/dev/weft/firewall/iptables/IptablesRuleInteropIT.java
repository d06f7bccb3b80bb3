package dev.weft.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weft.linux.IpPrefix;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Rules of a chain: added, found, listed, counted, taken away.
@ParameterizedClass
@EnumSource(Flavour.class)
final class IptablesRuleInteropIT {
    private static final String CHAIN = "WEFT-RULES";

    private final Flavour flavour;
    private IptablesSandbox sandbox;
    private Iptables iptables;

    IptablesRuleInteropIT(Flavour flavour) {
        this.flavour = flavour;
    }

    @BeforeEach
    void open() {
        sandbox = new IptablesSandbox(flavour);
        iptables = sandbox.iptables();
        iptables.newChain("filter", CHAIN);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private void append(String... specification) {
        iptables.append("filter", CHAIN, specification);
    }

    private List<String> rules() {
        return iptables.list("filter", CHAIN).stream().skip(1).toList();
    }

    @Test
    void rules_areWhereTheyWerePut() {
        append("-s", flavour.host(), "-j", "ACCEPT");
        iptables.insert("filter", CHAIN, 1, "-d", flavour.network(), "-j", "DROP");
        iptables.insert("filter", CHAIN, 2, "-i", "eth0", "-j", "RETURN");

        assertThat(rules())
                .containsExactly(
                        "-A " + CHAIN + " -d " + flavour.network() + " -j DROP",
                        "-A " + CHAIN + " -i eth0 -j RETURN",
                        "-A " + CHAIN + " -s " + flavour.host() + " -j ACCEPT");
    }

    @Test
    void ruleThatIsThere_isNotAddedAgain() {
        append("-s", flavour.host(), "-j", "ACCEPT");

        iptables.appendUnique("filter", CHAIN, "-s", flavour.host(), "-j", "ACCEPT");
        iptables.insertUnique("filter", CHAIN, 1, "-s", flavour.host(), "-j", "ACCEPT");
        assertThat(rules()).hasSize(1);

        iptables.appendUnique("filter", CHAIN, "-s", flavour.network(), "-j", "ACCEPT");
        iptables.insertUnique("filter", CHAIN, 1, "-d", flavour.host(), "-j", "ACCEPT");
        assertThat(rules()).hasSize(3).first().asString().contains("-d " + flavour.host());
    }

    @Test
    void exists_comparesWhatTheRuleMeans() {
        append("-p", "tcp", "-m", "tcp", "--dport", "80", "-j", "ACCEPT");

        assertThat(iptables.exists("filter", CHAIN, "-p", "6", "--dport", "80", "-j", "ACCEPT"))
                .isTrue();
        assertThat(iptables.exists("filter", CHAIN, "-p", "tcp", "--dport", "81", "-j", "ACCEPT"))
                .isFalse();
        assertThat(iptables.exists("filter", "NO-CHAIN", "-j", "ACCEPT")).isFalse();
        assertThatThrownBy(() -> iptables.exists("filter", CHAIN, "-m", "nonsense"))
                .isInstanceOfSatisfying(
                        IptablesException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.MATCH_UNKNOWN));
    }

    @Test
    void delete_takesOneAway() {
        append("-s", flavour.host(), "-j", "ACCEPT");
        append("-s", flavour.host(), "-j", "ACCEPT");

        iptables.delete("filter", CHAIN, "-s", flavour.host(), "-j", "ACCEPT");
        assertThat(rules()).hasSize(1);
        assertThat(iptables.deleteIfExists("filter", CHAIN, "-s", flavour.host(), "-j", "ACCEPT"))
                .isTrue();
        assertThat(iptables.deleteIfExists("filter", CHAIN, "-s", flavour.host(), "-j", "ACCEPT"))
                .isFalse();
        assertThat(rules()).isEmpty();
    }

    @Test
    void ruleAtAPosition_isReadReplacedAndDeleted() {
        append("-i", "eth0", "-j", "ACCEPT");
        append("-i", "eth1", "-j", "ACCEPT");

        assertThat(iptables.ruleAt("filter", CHAIN, 2))
                .hasValue(Rule.of(CHAIN, "-i", "eth1", "-j", "ACCEPT"));
        assertThat(iptables.ruleAt("filter", CHAIN, 3)).isEmpty();

        iptables.replace("filter", CHAIN, 2, "-i", "eth2", "-j", "DROP");
        iptables.deleteAt("filter", CHAIN, 1);
        assertThat(rules()).containsExactly("-A " + CHAIN + " -i eth2 -j DROP");
    }

    @Test
    void listing_beginsWithTheChain_withCountersOnDemand() {
        append((sandbox.echoMatch() + " -j ACCEPT").split(" "));
        iptables.append("filter", "OUTPUT", "-j", CHAIN);
        sandbox.sendEcho();

        assertThat(iptables.list("filter", CHAIN))
                .containsExactly(
                        "-N " + CHAIN, "-A " + CHAIN + " " + sandbox.echoMatch() + " -j ACCEPT");
        assertThat(iptables.listWithCounters("filter", CHAIN))
                .containsExactly(
                        "-N " + CHAIN,
                        "-A "
                                + CHAIN
                                + " "
                                + sandbox.echoMatch()
                                + " -c 1 "
                                + sandbox.echoBytes()
                                + " -j ACCEPT");
        assertThat(iptables.listWithCounters("filter", "INPUT"))
                .first()
                .asString()
                .matches("-P INPUT ACCEPT -c \\d+ \\d+");
    }

    @Test
    void countersInFront_arePutBehind() {
        assertThat(Iptables.withCountersBehind("[5:600] -A X -i eth0 -j ACCEPT"))
                .isEqualTo("-A X -i eth0 -c 5 600 -j ACCEPT");
        assertThat(Iptables.withCountersBehind("[5:600] -A X")).isEqualTo("-A X -c 5 600");
        assertThat(Iptables.withCountersBehind("-P X ACCEPT -c 1 2"))
                .isEqualTo("-P X ACCEPT -c 1 2");
    }

    @Test
    void stats_areRowsOfTenColumns() {
        append("-s", flavour.network(), "-d", flavour.host(), "-j", "ACCEPT");
        append("!", "-s", flavour.host(), "-p", "udp", "--dport", "53", "-i", "eth0");
        iptables.newChain("filter", "OTHER");
        append("-m", "comment", "--comment", "a  note", "-o", "eth+", "-g", "OTHER");

        String everything = flavour.family().everything().toString();
        List<List<String>> rows = iptables.stats("filter", CHAIN);
        assertThat(rows)
                .contains(
                        List.of(
                                "0",
                                "0",
                                "ACCEPT",
                                "all",
                                "--",
                                "*",
                                "*",
                                flavour.network(),
                                flavour.host(),
                                ""),
                        List.of(
                                "0",
                                "0",
                                "",
                                "udp",
                                "--",
                                "eth0",
                                "*",
                                "!" + flavour.host(),
                                everything,
                                "udp dpt:53"));
        assertThat(rows.get(2)).contains("OTHER", "eth+").last().asString().contains("a  note");
        Statistics row = iptables.structuredStats("filter", CHAIN).getFirst();
        assertThat(row.packets()).isZero();
        assertThat(row.bytes()).isZero();
        assertThat(row.source().prefix()).hasValue(IpPrefix.parse(flavour.network()));
        assertThat(row.destination().prefix()).hasValue(IpPrefix.parse(flavour.host()));
    }

    @Test
    void counters_areReadWithTheRules_andSetToZero() {
        append(sandbox.echoMatch().split(" "));
        append((sandbox.echoMatch() + " -j ACCEPT").split(" "));
        iptables.append("filter", "OUTPUT", "-j", CHAIN);
        sandbox.sendEcho();

        Counters one = new Counters(1, sandbox.echoBytes());
        assertThat(countersOf(iptables.read("filter"))).containsExactly(one, one);
        assertThat(iptables.structuredStats("filter", CHAIN))
                .extracting(Statistics::packets, Statistics::bytes)
                .containsExactly(tuple(1L, one.bytes()), tuple(1L, one.bytes()));
        iptables.zeroAt("filter", CHAIN, 1);
        assertThat(countersOf(iptables.read("filter"))).containsExactly(Counters.ZERO, one);
        iptables.zero("filter", CHAIN);
        assertThat(countersOf(iptables.read("filter")))
                .containsExactly(Counters.ZERO, Counters.ZERO);
    }

    private static List<Counters> countersOf(SavedTable table) {
        return table.chain(CHAIN).orElseThrow().rules().stream().map(Rule::counters).toList();
    }

    @Test
    void comment_withBlanksAndQuotes_isOneValue() {
        String comment = "he said \"it's\\ok\" -j DROP; $(id)";
        append("-m", "comment", "--comment", comment, "-j", "ACCEPT");

        assertThat(iptables.ruleAt("filter", CHAIN, 1).orElseThrow().comment()).hasValue(comment);
        assertThat(
                        iptables.exists(
                                "filter",
                                CHAIN,
                                iptables.ruleAt("filter", CHAIN, 1)
                                        .orElseThrow()
                                        .specification()
                                        .toArray(String[]::new)))
                .isTrue();
    }

    @Test
    void appendsAtOnce_areAllThere() {
        List<CompletableFuture<Void>> appends =
                IntStream.range(0, 20)
                        .mapToObj(i -> started(() -> append("-i", "eth" + i, "-j", "ACCEPT"), i))
                        .toList();

        appends.forEach(CompletableFuture::join);
        assertThat(rules())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20)
                                .mapToObj(i -> "-A " + CHAIN + " -i eth" + i + " -j ACCEPT")
                                .toList());
    }

    /// Half of them on virtual threads.
    private static CompletableFuture<Void> started(Runnable append, int number) {
        Thread.Builder thread = number % 2 == 0 ? Thread.ofVirtual() : Thread.ofPlatform();
        return CompletableFuture.runAsync(append, thread::start);
    }
}
