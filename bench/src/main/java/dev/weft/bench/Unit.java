package dev.weft.bench;

import java.util.Locale;

/// What samples are counted in.
enum Unit {
    NANOSECONDS,
    BYTES;

    /// For a table, in a unit that suits it.
    String text(long value) {
        return switch (this) {
            case NANOSECONDS ->
                    value < 1_000_000
                            ? String.format(Locale.ROOT, "%.1f µs", value / 1e3)
                            : String.format(Locale.ROOT, "%.1f ms", value / 1e6);
            case BYTES -> String.format(Locale.ROOT, "%.1f MB", value / 1e6);
        };
    }

    /// The end of a field's name in JSON.
    String suffix() {
        return switch (this) {
            case NANOSECONDS -> "Nanoseconds";
            case BYTES -> "Bytes";
        };
    }
}
