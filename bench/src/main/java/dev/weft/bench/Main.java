package dev.weft.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The benchmark program; `bench/run` builds what it needs and starts it.
public final class Main {
    private static final int WRONG_USAGE = 2;

    private Main() {}

    /// Runs benchmarks and prints how they compare.
    ///
    /// @param arguments the directory of the compiled peers; then options and names, see `bench/run
    ///   --help`
    public static void main(String... arguments) {
        List<Benchmark> all = benchmarks(Path.of(arguments[0]));
        Set<String> wanted = new TreeSet<>(List.of(arguments).subList(1, arguments.length));
        boolean json = wanted.remove("--json");
        Scale scale = wanted.remove("--quick") ? Scale.QUICK : Scale.FULL;
        List<Benchmark> chosen =
                all.stream()
                        .filter(one -> wanted.isEmpty() || wanted.contains(one.name()))
                        .toList();
        all.forEach(one -> wanted.remove(one.name()));
        if (!wanted.isEmpty()) {
            System.err.println("bench: no benchmark is called " + String.join(", ", wanted));
            all.forEach(one -> System.err.println("  " + one.name() + "  " + one.description()));
            System.exit(WRONG_USAGE);
        }
        List<Comparison> comparisons = run(chosen, scale);
        System.out.print(json ? Report.json(comparisons) : Report.table(comparisons));
    }

    /// All benchmarks, in the order they are run.
    ///
    /// @param peers where the compiled peers are
    static List<Benchmark> benchmarks(Path peers) {
        return List.of(
                new ContainerBenchmark(peers),
                new PortBenchmark(peers),
                new DumpBenchmark(peers),
                new RulesetBenchmark(peers),
                new ReadingBenchmark(peers),
                new CniBenchmark(peers),
                new DhcpBenchmark(peers));
    }

    private static List<Comparison> run(List<Benchmark> benchmarks, Scale scale) {
        List<Comparison> comparisons = new ArrayList<>();
        for (Benchmark benchmark : benchmarks) {
            comparisons.addAll(
                    benchmark.run(
                            scale,
                            step ->
                                    System.err.println(
                                            "bench: " + benchmark.name() + ": " + step)));
        }
        return comparisons;
    }
}
