package dev.weft.bench;

import dev.weft.bench.CniRuntime.Containers;
import dev.weft.bench.CniRuntime.Network;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// How much longer the last of many additions to one bridge takes than the first.
///
/// The kernel's own part grows too: a program in C that adds the same links with nothing else
/// around shows it.
final class CniGrowth {
    /// So many fill the middle, where nothing is measured.
    private static final int FILLERS = 8;

    private final CniScale scale;
    private final Path peers;

    /// @param peers where the compiled peers are
    CniGrowth(CniScale scale, Path peers) {
        this.scale = scale;
        this.peers = peers;
    }

    /// The first additions, and the last.
    private record Edges(Samples first, Samples last) {
        Comparison comparison(String work, Target target) {
            return new Comparison(work, "its first", target, List.of(new Round(last, first)));
        }
    }

    /// Ours and the kernel's growth, and the peer's if that is wanted.
    List<Comparison> measure(CniRuntime runtime, Network ours, Network theirs) {
        runtime.haveNamespaces(scale.filled());
        String last = "add number " + scale.filled();
        Edges own = edges(ours);
        Comparison growth = own.comparison("bridge: " + last, new Target.Ratio(2));
        Comparison kernel = kernel().comparison("C: " + last, new Target.None());
        if (!scale.fillsPeer()) {
            return List.of(growth, kernel);
        }
        Edges other = edges(theirs);
        return List.of(
                growth,
                kernel,
                other.comparison("reference plugins: " + last, new Target.None()),
                new Comparison(
                        "bridge: " + last,
                        CniBenchmark.REFERENCE,
                        new Target.None(),
                        List.of(new Round(own.last(), other.last()))));
    }

    private Edges edges(Network network) {
        int edge = scale.edge();
        int count = scale.filled();
        Samples first = network.add(Containers.first(edge)).wall();
        network.add(new Containers(edge, count - 2 * edge, FILLERS));
        Samples last = network.add(new Containers(count - edge, edge, 1)).wall();
        network.delete(new Containers(0, count, FILLERS));
        network.settle();
        return new Edges(first, last);
    }

    private Edges kernel() {
        try (PeerProcess c = PeerProcess.start(peers.resolve("container_peer"))) {
            c.send(Integer.toString(scale.filled()));
            long[] added = c.numbers("add");
            c.numbers("del");
            return new Edges(
                    Samples.of(Arrays.copyOf(added, scale.edge())),
                    Samples.of(
                            Arrays.copyOfRange(added, added.length - scale.edge(), added.length)));
        }
    }
}
