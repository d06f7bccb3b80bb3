package dev.weft.bench;

import java.util.List;

/// A piece of work, and what Weft and a peer take for it.
///
/// @param work what is done
/// @param peer who else does it
/// @param rounds at least one
/// @param unit of the samples
record Comparison(String work, String peer, Target target, List<Round> rounds, Unit unit) {
    Comparison {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("no rounds of " + work);
        }
    }

    /// How long something takes.
    Comparison(String work, String peer, Target target, List<Round> rounds) {
        this(work, peer, target, rounds, Unit.NANOSECONDS);
    }

    /// All of our samples.
    Samples ours() {
        return Samples.all(rounds.stream().map(Round::ours).toList());
    }

    /// All of the peer's samples.
    Samples theirs() {
        return Samples.all(rounds.stream().map(Round::peer).toList());
    }

    /// Our median to the peer's, of all samples.
    double ratio() {
        return new Round(ours(), theirs()).ratio();
    }

    /// The median of the rounds' ratios.
    double roundRatio() {
        double[] ratios = rounds.stream().mapToDouble(Round::ratio).sorted().toArray();
        int middle = ratios.length / 2;
        return ratios.length % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2;
    }

    Target.Outcome outcome() {
        return target.outcome(this);
    }
}
