package dev.weft.bench;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.language.RulesetJson;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/// Reading a large ruleset, and writing it as JSON, beside `nft -j list ruleset`, whose output
/// somebody would still have to read.
final class ReadingBenchmark implements Benchmark {
    private static final Target SOON = new Target.Time(Duration.ofSeconds(1).toNanos());
    private static final Table TABLE = Table.of(Family.INET, "weft_bench");

    private final Path peers;

    /// @param peers where the compiled peers are
    ReadingBenchmark(Path peers) {
        this.peers = peers;
    }

    @Override
    public String name() {
        return "reading";
    }

    @Override
    public String description() {
        return "read a large ruleset, beside nft -j list ruleset";
    }

    @Override
    public List<Comparison> run(Scale scale, Consumer<String> progress) {
        int rules = scale.readRules();
        try (Nftables nftables = Nftables.open();
                Programs programs = Programs.open(peers)) {
            progress.accept("loading " + rules + " rules");
            Programs.feed(new LargeRuleset(rules).text(), "nft", "-f", "-");
            try {
                progress.accept("reading them");
                return List.of(
                        compare(
                                "read " + rules + " rules",
                                SOON,
                                scale,
                                _ -> requireAll(rules, nftables.read()),
                                programs),
                        compare(
                                "write " + rules + " rules as JSON",
                                new Target.None(),
                                scale,
                                _ -> requireWritten(rules, nftables.read()),
                                programs));
            } finally {
                nftables.apply(new Batch().delete(TABLE));
            }
        }
    }

    private static Comparison compare(
            String work, Target target, Scale scale, IntConsumer ours, Programs programs) {
        Samples.measure(scale.warmUps() / 10 + 1, ours);
        List<Round> rounds =
                Turn.rounds(
                        Turn.take(
                                scale.dumps(),
                                () -> Samples.measure(1, ours),
                                () -> Samples.of(programs.run("nft", "-j", "list", "ruleset"))),
                        samples -> samples);
        return new Comparison(work, "nft -j, executed", target, rounds);
    }

    /// Rules are kept as they came; what counts is every expression of each.
    private static void requireAll(int rules, List<TableContent> tables) {
        long found = rules(tables).filter(rule -> !rule.expressions().isEmpty()).count();
        if (found != rules) {
            throw new IllegalStateException(found + " rules instead of " + rules);
        }
    }

    private static Stream<Rule> rules(List<TableContent> tables) {
        return tables.stream()
                .flatMap(table -> table.chains().values().stream())
                .flatMap(List::stream);
    }

    private static void requireWritten(int rules, List<TableContent> tables) {
        String json = RulesetJson.by("0", "").of(tables, Surroundings.none());
        if (json.length() < rules) {
            throw new IllegalStateException("no JSON of " + rules + " rules: " + json.length());
        }
    }
}
