package dev.weft.bench;

import java.util.Locale;

/// What a comparison should show.
sealed interface Target {
    /// Ours takes at most so many times as long as the peer.
    record Ratio(double most) implements Target {}

    /// Ours takes at most so long, at the median.
    record Time(long mostNanoseconds) implements Target {}

    /// Shown for what it is.
    record None() implements Target {}

    /// How a comparison stands to its target.
    enum Outcome {
        MET,
        MISSED,
        NO_TARGET
    }

    /// Compares.
    default Outcome outcome(Comparison comparison) {
        return switch (this) {
            case Ratio(double most) -> outcome(comparison.ratio() <= most);
            case Time(long most) -> outcome(comparison.ours().median() <= most);
            case None() -> Outcome.NO_TARGET;
        };
    }

    private static Outcome outcome(boolean met) {
        return met ? Outcome.MET : Outcome.MISSED;
    }

    /// For a table.
    default String text() {
        return switch (this) {
            case Ratio(double most) when most < 1 -> "≤ 1/" + Math.round(1 / most);
            case Ratio(double most) -> String.format(Locale.ROOT, "≤ %.1f x", most);
            case Time(long most) -> "≤ " + Unit.NANOSECONDS.text(most);
            case None() -> "";
        };
    }
}
