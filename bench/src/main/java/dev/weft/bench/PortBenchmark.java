package dev.weft.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Publishing one more port beside many others: an element of a map through an open socket, beside
/// programs that are executed for each.
final class PortBenchmark implements Benchmark {
    private static final Target QUICK = new Target.Time(20_000);

    /// What is flat may still be moved by caches.
    private static final Target FLAT = new Target.Ratio(1.5);

    private static final Target NONE = new Target.None();

    private final Path peers;

    /// @param peers where the compiled peers are
    PortBenchmark(Path peers) {
        this.peers = peers;
    }

    /// The rounds at one size of the map.
    private record Sized(int size, List<Round> nft, List<Round> iptables) {
        String work() {
            return "publish a port beside " + size;
        }

        List<Samples> ours() {
            return nft.stream().map(Round::ours).toList();
        }
    }

    @Override
    public String name() {
        return "nat";
    }

    @Override
    public String description() {
        return "publish a port, beside nft and iptables";
    }

    @Override
    public List<Comparison> run(Scale scale, Consumer<String> progress) {
        try (PortMap map = new PortMap();
                Programs programs = Programs.open(peers);
                PortPrograms others = new PortPrograms(programs)) {
            progress.accept("warming up");
            map.fill(scale.elementCounts().getFirst());
            for (int i = 0; i < scale.warmUps(); i++) {
                ours(map, scale.elementCounts().getFirst(), scale.elements());
            }
            List<Sized> sizes = new ArrayList<>();
            for (int size : scale.elementCounts()) {
                progress.accept(scale.rounds() + " rounds beside " + size + " ports");
                sizes.add(atSize(size, scale, map, others));
            }
            return Stream.concat(sizes.stream().flatMap(PortBenchmark::beside), flatness(sizes))
                    .toList();
        }
    }

    private static Sized atSize(int size, Scale scale, PortMap map, PortPrograms others) {
        map.fill(size);
        others.fill(size);
        List<Round> nft = new ArrayList<>();
        List<Round> iptables = new ArrayList<>();
        for (int i = 0; i < scale.rounds(); i++) {
            int next = size + i * scale.executions();
            Samples ours = ours(map, size, scale.elements());
            nft.add(new Round(ours, executed(others::nft, next, scale.executions())));
            iptables.add(new Round(ours, executed(others::iptables, next, scale.executions())));
        }
        return new Sized(size, nft, iptables);
    }

    private static Samples ours(PortMap map, int size, int count) {
        Samples samples = Samples.measure(count, number -> map.publish(size + number));
        map.withdraw(size, count);
        return samples;
    }

    private static Samples executed(IntToLongFunction program, int from, int count) {
        return Samples.of(IntStream.range(from, from + count).mapToLong(program).toArray());
    }

    private static Stream<Comparison> beside(Sized sized) {
        return Stream.of(
                new Comparison(sized.work(), "nft -f -", QUICK, sized.nft()),
                new Comparison(sized.work(), "iptables -t nat -A", NONE, sized.iptables()));
    }

    /// The largest size beside the smallest.
    private static Stream<Comparison> flatness(List<Sized> sizes) {
        Sized smallest = sizes.getFirst();
        Sized largest = sizes.getLast();
        List<Round> rounds =
                IntStream.range(0, largest.ours().size())
                        .mapToObj(i -> new Round(largest.ours().get(i), smallest.ours().get(i)))
                        .toList();
        return Stream.of(
                new Comparison(largest.work(), "ours beside " + smallest.size(), FLAT, rounds));
    }
}
