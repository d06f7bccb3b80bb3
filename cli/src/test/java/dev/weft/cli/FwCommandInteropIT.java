package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.firewall.event.RulesetEvent;
import dev.weft.firewall.event.RulesetEvents;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.process.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `weft fw` beside `nft`, in a namespace of its own.
final class FwCommandInteropIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final String RULES =
            """
            table inet demo {
            \tset blocked {
            \t\ttype ipv4_addr
            \t\tflags interval
            \t\telements = { 10.9.0.0/16, 192.0.2.7 }
            \t}

            \tchain input {
            \t\ttype filter hook input priority filter; policy accept;
            \t\tiif "lo" accept
            \t\tip saddr @blocked drop
            \t\ttcp dport { 443, 8000-8010 } counter packets 0 bytes 0 accept comment "web"
            \t}
            }
            """;

    private final NetworkNamespace namespace = NetworkNamespace.create();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        namespace.close();
    }

    private String nft(String... arguments) {
        Program.Result result =
                Program.of(Program.require("nft"), List.of(arguments)).run(namespace);
        assertThat(result.errors()).isEmpty();
        return result.output();
    }

    private void load(String text) {
        Program.Result result =
                Program.of(Program.require("nft"), List.of("-f", "-"))
                        .withInput(text)
                        .run(namespace);
        assertThat(result.errors()).isEmpty();
    }

    private int run(PrintWriter to, PrintWriter errors, String command, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of("fw", command, "-n", namespace.path().toString()));
        words.addAll(List.of(arguments));
        return Main.commandLine().setOut(to).setErr(errors).execute(words.toArray(String[]::new));
    }

    private int run(String command, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return run(new PrintWriter(out, true), new PrintWriter(err, true), command, arguments);
    }

    private static String file(Path directory, String text) throws IOException {
        return Files.writeString(directory.resolve("wanted.nft"), text).toString();
    }

    private static List<JsonElement> objects(String json) {
        JsonArray all = JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("nftables");
        return all.asList().subList(1, all.size());
    }

    @Test
    void list_isWhatNftPrints_inTextAndInJson() {
        load(RULES);

        assertThat(run("list")).isZero();
        assertThat(out.toString()).isEqualTo(nft("list", "ruleset"));
        assertThat(run("list", "inet", "demo")).isZero();
        assertThat(out.toString()).isEqualTo(nft("list", "table", "inet", "demo"));
        assertThat(run("list", "--json")).isZero();
        assertThat(objects(out.toString())).isEqualTo(objects(nft("-j", "list", "ruleset")));
    }

    @Test
    void list_ofATableThatIsNotThere_namesIt() {
        assertThat(run("list", "inet", "absent")).isEqualTo(1);
        assertThat(err.toString()).contains("table inet absent").contains("ENOENT");
    }

    @Test
    void diffAndRepair_leadToTheFile_andLeaveOtherTables(@TempDir Path directory)
            throws IOException {
        load("table ip other {\n\tchain c {\n\t\taccept\n\t}\n}\n");
        String other = nft("-j", "list", "table", "ip", "other");
        String file = file(directory, RULES);

        assertThat(run("diff", file)).isEqualTo(3);
        assertThat(out.toString()).contains("+ table inet demo").contains("ip saddr @blocked drop");
        assertThat(run("repair", "--dry-run", file)).isZero();
        assertThat(nft("list", "tables")).doesNotContain("demo");

        assertThat(run("repair", file)).isZero();
        assertThat(nft("list", "table", "inet", "demo")).isEqualTo(RULES);
        assertThat(run("diff", file)).isZero();
        assertThat(out.toString()).isEmpty();

        nft("insert rule inet demo input tcp dport 1 drop");
        assertThat(run("diff", "--json", file)).isEqualTo(3);
        JsonObject report = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertThat(report.get("same").getAsBoolean()).isFalse();
        assertThat(report.getAsJsonArray("tables")).hasSize(1);
        assertThat(run("repair", file)).isZero();
        assertThat(nft("list", "table", "inet", "demo")).isEqualTo(RULES);
        assertThat(nft("-j", "list", "table", "ip", "other")).isEqualTo(other);
    }

    @Test
    void json_ofList_isAFileForRepair(@TempDir Path directory) throws IOException {
        load(RULES);
        run("list", "--json");
        String file = file(directory, out.toString());
        nft("flush", "table", "inet", "demo");

        assertThat(run("repair", file)).isZero();
        assertThat(nft("list", "table", "inet", "demo")).isEqualTo(RULES);
    }

    @Test
    void fileThatIsNoRuleset_isRefusedWithWhatNftSays_andNothingChanges(@TempDir Path directory)
            throws IOException {
        load(RULES);
        String before = nft("-j", "list", "ruleset");

        assertThat(run("repair", file(directory, "table inet demo {\n\tchain\n}\n"))).isEqualTo(1);
        assertThat(err.toString()).contains("cannot read a ruleset").contains("syntax error");
        assertThat(run("repair", directory.resolve("absent").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("absent: there is no such file");
        assertThat(nft("-j", "list", "ruleset")).isEqualTo(before);
    }

    /// What a command says; it counts down when it says the word.
    private static final class Watched extends StringWriter {
        private final String word;
        private final CountDownLatch said;

        Watched(String word, CountDownLatch said) {
            this.word = word;
            this.said = said;
        }

        @Override
        public void flush() {
            if (toString().contains(word)) {
                said.countDown();
            }
        }
    }

    @Test
    void watch_repairsWhatNftFlushes(@TempDir Path directory) throws Exception {
        String file = file(directory, RULES);
        load(RULES);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch repaired = new CountDownLatch(1);
        PrintWriter said = new PrintWriter(new Watched("repaired in", repaired), true);
        PrintWriter errors = new PrintWriter(new Watched("watching table inet demo", begun), true);
        FutureTask<Integer> watching =
                new FutureTask<>(() -> run(said, errors, "repair", "--watch", file));
        Thread watcher = Thread.ofPlatform().start(watching);

        assertThat(begun.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        nft("flush", "table", "inet", "demo");
        assertThat(repaired.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        watcher.interrupt();

        assertThat(watching.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isZero();
        assertThat(nft("list", "table", "inet", "demo")).isEqualTo(RULES);
    }

    @Test
    void trace_showsTheRulesThatAPacketMeets_andLeavesNothing() throws Exception {
        load(RULES);
        try (NetlinkSocket route = NetlinkSocket.open(NetlinkProtocol.ROUTE, namespace);
                RulesetEvents events = RulesetEvents.open(namespace)) {
            new Links(route).change(1, LinkRequest.empty().up());
            FutureTask<Integer> tracing =
                    new FutureTask<>(() -> run("trace", "--protocol", "icmp", "-c", "2"));
            Thread.ofPlatform().start(tracing);
            awaitGeneration(events);
            Program.of(Program.require("ping"), List.of("-c", "1", "127.0.0.1")).run(namespace);

            assertThat(tracing.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isZero();
        } catch (ExecutionException failed) {
            throw new AssertionError(err.toString(), failed);
        }
        assertThat(out.toString())
                .contains("127.0.0.1 > 127.0.0.1: ICMP echo request")
                .contains("inet demo input")
                .contains("iif \"lo\" accept => accept")
                .doesNotContain("weft-trace");
        assertThat(nft("list", "tables")).isEqualTo("table inet demo\n");
    }

    /// The command makes its table in one transaction.
    private static void awaitGeneration(RulesetEvents events) {
        Optional<RulesetEvent> event = events.next(LIMIT);
        while (event.isPresent() && !(event.get() instanceof RulesetEvent.Generation)) {
            event = events.next(LIMIT);
        }
        assertThat(event).isPresent();
    }

    @Test
    void trace_ofNonsense_isAUsageError() {
        assertThat(run("trace", "--port", "0")).isEqualTo(2);
        assertThat(run("trace", "--protocol", "tcpp")).isEqualTo(2);
        assertThat(run("trace", "--source", "10.0.0.300")).isEqualTo(2);
        assertThat(run("trace", "--count", "0")).isEqualTo(2);
        assertThat(nft("list", "tables")).isEmpty();
    }
}
