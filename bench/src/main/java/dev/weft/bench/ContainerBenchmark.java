package dev.weft.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// Adding and deleting containers on a bridge, beside a C program that sends the same messages.
///
/// A deletion sets the link down and puts it into a group that is deleted later, as the kernel
/// answers the deletion of a link only after a grace period.
final class ContainerBenchmark implements Benchmark {
    private static final Target LIKE_C = new Target.Ratio(1.3);

    private final Path peers;

    /// @param peers where the compiled peers are
    ContainerBenchmark(Path peers) {
        this.peers = peers;
    }

    /// The samples of a round of containers.
    private record Containers(Samples added, Samples deleted) {}

    @Override
    public String name() {
        return "container";
    }

    @Override
    public String description() {
        return "add and delete containers, beside C with the same messages";
    }

    @Override
    public List<Comparison> run(Scale scale, Consumer<String> progress) {
        try (ContainerHost host = ContainerHost.open(scale.containers());
                PeerProcess c = PeerProcess.start(peers.resolve("container_peer"))) {
            progress.accept("warming up");
            turns(scale.warmUps(), host, c, scale);
            progress.accept(scale.rounds() + " rounds of " + scale.containers());
            List<Turn<Containers>> turns = turns(scale.rounds(), host, c, scale);
            progress.accept("deletions that wait");
            int few = scale.waitingDeletions();
            List<Turn<Samples>> waiting =
                    Turn.take(
                            scale.rounds(),
                            () -> oneRound(host, few, host::setAside).deleted(),
                            () -> oneRound(host, few, host::delete).deleted());
            return List.of(
                    new Comparison(
                            "add a container", "C", LIKE_C, Turn.rounds(turns, Containers::added)),
                    new Comparison(
                            "delete a container",
                            "C",
                            LIKE_C,
                            Turn.rounds(turns, Containers::deleted)),
                    new Comparison(
                            "delete a container",
                            "waiting for the kernel",
                            new Target.Ratio(0.1),
                            Turn.rounds(waiting, samples -> samples)));
        }
    }

    private static List<Turn<Containers>> turns(
            int count, ContainerHost host, PeerProcess c, Scale scale) {
        return Turn.take(
                count,
                () -> oneRound(host, scale.containers(), host::setAside),
                () -> peerRound(c, scale.containers()));
    }

    private static Containers oneRound(ContainerHost host, int count, IntConsumer deletion) {
        int[] indices = new int[count];
        Samples added = Samples.measure(count, number -> indices[number] = host.add(number));
        Samples deleted = Samples.measure(count, number -> deletion.accept(indices[number]));
        host.reap();
        return new Containers(added, deleted);
    }

    private static Containers peerRound(PeerProcess c, int count) {
        c.send(Integer.toString(count));
        return new Containers(Samples.of(c.numbers("add")), Samples.of(c.numbers("del")));
    }
}
