package dev.weft.cli.lab;

import java.util.List;

/// Something tried on a lab's network, and what should come of it.
///
/// @param key under which its texts stand: what it shows, and what is expected
/// @param before what has to be changed for it first
/// @param experiment what is tried
record Situation(String key, List<Operation> before, Experiment experiment) {
    Situation {
        before = List.copyOf(before);
    }

    /// Tries something with real packets and judges what came of it.
    @FunctionalInterface
    interface Experiment {
        Observation run(Trial trial);
    }

    /// What came of an experiment.
    ///
    /// @param asExpected whether it was what should come of it, a failure that should be included
    /// @param observed in words
    /// @param trails the ways of the packets that took part
    record Observation(boolean asExpected, List<Phrase> observed, List<Trail> trails) {
        Observation {
            observed = List.copyOf(observed);
            trails = List.copyOf(trails);
        }
    }

    /// A text by its key, with values to put in.
    record Phrase(String key, List<Object> values) {
        Phrase {
            values = List.copyOf(values);
        }

        static Phrase of(String key, Object... values) {
            return new Phrase(key, List.of(values));
        }
    }
}
