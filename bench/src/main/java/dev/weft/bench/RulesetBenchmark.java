package dev.weft.bench;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Chain;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Table;
import dev.weft.firewall.value.Family;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Loading many rules at once, beside the programs that load a file.
final class RulesetBenchmark implements Benchmark {
    private static final Target FASTER = new Target.Ratio(1);

    private static final Table TABLE = Table.of(Family.IP, "weft_bench");
    private static final Chain CHAIN = Chain.of(TABLE, "many");

    private final Path peers;

    /// @param peers where the compiled peers are
    RulesetBenchmark(Path peers) {
        this.peers = peers;
    }

    /// Who else loads the rules, and how long it takes each time.
    private record Loader(String name, Target target, LongSupplier nanoseconds) {}

    @Override
    public String name() {
        return "ruleset";
    }

    @Override
    public String description() {
        return "load many rules, beside nft -f and iptables-restore";
    }

    @Override
    public List<Comparison> run(Scale scale, Consumer<String> progress) {
        try (Nftables nftables = Nftables.open();
                Programs programs = Programs.open(peers);
                RulesetFiles files = RulesetFiles.of(scale.rules())) {
            nftables.apply(new Batch().create(TABLE).create(CHAIN));
            try {
                progress.accept("warming up");
                for (int i = 0; i < scale.rulesetWarmUps(); i++) {
                    load(nftables, scale.rules());
                }
                return List.of(
                                new Loader("nft -f", FASTER, () -> files.nft(programs)),
                                new Loader(
                                        "iptables-restore", FASTER, () -> files.iptables(programs)),
                                new Loader(
                                        "iptables-legacy-restore",
                                        new Target.None(),
                                        () -> files.legacy(programs)))
                        .stream()
                        .map(loader -> {
                            progress.accept("loading beside " + loader.name());
                            return new Comparison(
                                    "load " + scale.rules() + " rules",
                                    loader.name(),
                                    loader.target(),
                                    rounds(scale, nftables, loader));
                        })
                        .toList();
            } finally {
                nftables.apply(new Batch().delete(TABLE));
            }
        }
    }

    private static List<Round> rounds(Scale scale, Nftables nftables, Loader loader) {
        return Turn.rounds(
                Turn.take(
                        scale.loads(),
                        () -> load(nftables, scale.rules()),
                        () -> Samples.of(loader.nanoseconds().getAsLong())),
                samples -> samples);
    }

    /// Makes the rules and loads them into an empty chain, which it leaves empty.
    private static Samples load(Nftables nftables, int rules) {
        Samples samples =
                Samples.measure(
                        1,
                        _ -> {
                            Batch batch = new Batch();
                            for (int i = 0; i < rules; i++) {
                                batch.append(rule(i));
                            }
                            nftables.apply(batch);
                        });
        nftables.apply(new Batch().flush(CHAIN));
        PortMap.settle();
        return samples;
    }

    private static Rule rule(int number) {
        return Rule.in(CHAIN)
                .source(RulesetFiles.source(number))
                .port(RulesetFiles.PORT, RulesetFiles.port(number))
                .counter()
                .accept();
    }
}
