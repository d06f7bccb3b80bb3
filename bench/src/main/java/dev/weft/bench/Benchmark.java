package dev.weft.bench;

import java.util.List;
import java.util.function.Consumer;

/// Something to measure. It leaves its namespace as it found it.
interface Benchmark {
    /// By which a user asks for it.
    String name();

    /// What it measures, in a few words.
    String description();

    /// Measures.
    ///
    /// @param progress is told what is going on, in words
    List<Comparison> run(Scale scale, Consumer<String> progress);
}
