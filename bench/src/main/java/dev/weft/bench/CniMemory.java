package dev.weft.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The agent's memory at several times.
final class CniMemory {
    private final CniAgent agent;
    private final List<Look> looks = new ArrayList<>();

    /// Looks for the first time.
    CniMemory(CniAgent agent) {
        this.agent = agent;
        look("at start");
    }

    /// @param all what of its memory is in RAM
    /// @param share the same without what it shares with others
    private record Look(String when, Samples all, Samples share) {}

    /// Looks again.
    ///
    /// @param when in words
    void look(String when) {
        looks.add(new Look(when, agent.memory("Rss"), agent.memory("Pss")));
    }

    /// What was seen, each beside the first.
    List<Comparison> comparisons() {
        return looks.stream().flatMap(look -> comparisons(looks.getFirst(), look)).toList();
    }

    private static Stream<Comparison> comparisons(Look first, Look look) {
        return Stream.of(
                comparison("agent, RSS, " + look.when(), look.all(), first.all()),
                comparison("agent, PSS, " + look.when(), look.share(), first.share()));
    }

    private static Comparison comparison(String work, Samples now, Samples atStart) {
        return new Comparison(
                work, "at start", new Target.None(), List.of(new Round(now, atStart)), Unit.BYTES);
    }
}
