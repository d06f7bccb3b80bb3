package dev.weft.cli.lab;

import dev.weft.cli.lab.Situation.Observation;
import java.util.ArrayList;
import java.util.List;

/// Runs a lab from nothing to its last situation.
final class LabRun implements AutoCloseable {
    private final Lab lab;
    private final Network network = new Network();

    LabRun(Lab lab) {
        this.lab = lab;
    }

    /// Who follows a run, in the order of these methods; each hears of what it wants to.
    interface Audience {
        /// Nothing is built yet.
        default void planned(Lab lab) {}

        /// Everything is built.
        default void built(Network network) {}

        /// A situation is about to be tried, beginning with its own operations.
        default void trying(int number, Situation situation) {}

        /// Its own operations are done.
        default void prepared(Situation situation, Network network) {}

        /// It was tried.
        default void tried(Outcome outcome) {}
    }

    /// A situation and what came of it.
    record Outcome(Situation situation, Observation observation) {}

    /// All that came of a lab.
    ///
    /// @param seen every frame at every device, in order of time
    record Report(Lab lab, List<Outcome> outcomes, List<Sighting> seen) {
        Report {
            outcomes = List.copyOf(outcomes);
            seen = List.copyOf(seen);
        }

        long failures() {
            return outcomes.stream().filter(outcome -> !outcome.observation().asExpected()).count();
        }

        boolean isOk() {
            return failures() == 0;
        }
    }

    /// Builds and tries everything. The network stands until [#close].
    Report run(Audience audience) {
        audience.planned(lab);
        lab.plan().forEach(operation -> operation.apply(network));
        network.awaitCarrier();
        audience.built(network);
        try (Trial trial = Trial.on(network)) {
            List<Outcome> outcomes = new ArrayList<>();
            for (Situation situation : lab.situations()) {
                audience.trying(outcomes.size() + 1, situation);
                Outcome outcome = attempt(situation, trial, audience);
                outcomes.add(outcome);
                audience.tried(outcome);
            }
            return new Report(lab, outcomes, trial.seen());
        }
    }

    private Outcome attempt(Situation situation, Trial trial, Audience audience) {
        situation.before().forEach(operation -> operation.apply(network));
        audience.prepared(situation, network);
        trial.begin();
        return new Outcome(situation, situation.experiment().run(trial));
    }

    Network network() {
        return network;
    }

    @Override
    public void close() {
        network.close();
    }
}
