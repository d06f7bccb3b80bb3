package dev.weft.firewall.value;

import java.time.Duration;

/// A length of time as `nft` writes it, `1d2h3m4s5ms`, in units from days to milliseconds.
public final class TimeText {
    private TimeText() {}

    /// What is shorter than a millisecond is left out. No time at all is `0s`; `nft` 1.0.6 writes
    /// nothing then, which nothing can read again.
    public static String of(Duration time) {
        StringBuilder text = new StringBuilder();
        append(text, time.toDaysPart(), "d");
        append(text, time.toHoursPart(), "h");
        append(text, time.toMinutesPart(), "m");
        append(text, time.toSecondsPart(), "s");
        append(text, time.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
