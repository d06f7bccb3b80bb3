package dev.weft.firewall.desired;

import java.time.Duration;

/// How soon a guard may repair again: at once after the first few repairs, then after pauses that
/// double, so that two who want different things do not keep a processor busy. After a calm time it
/// is as at first.
///
/// Times are those of a clock that never goes back, in nanoseconds.
final class Pace {
    static final int FREE = 8;
    static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    static final Duration CALM = Duration.ofSeconds(10);

    private int inARow;
    private long lastNanos;

    /// Counts a repair.
    void repaired(long nowNanos) {
        inARow = inARow > 0 && nowNanos - lastNanos > CALM.toNanos() ? 1 : inARow + 1;
        lastNanos = nowNanos;
    }

    /// Counts a repair that was refused: it is never tried again at once.
    void refused(long nowNanos) {
        repaired(nowNanos);
        inARow = Math.max(inARow, FREE + 1);
    }

    /// How long to wait from now on.
    Duration pause(long nowNanos) {
        int doubled = inARow - FREE - 1;
        if (doubled < 0) {
            return Duration.ZERO;
        }
        long longest = LONGEST_PAUSE.toNanos();
        long pause = Math.min(longest, FIRST_PAUSE.toNanos() << Math.min(doubled, 20));
        return Duration.ofNanos(Math.max(0, lastNanos + pause - nowNanos));
    }
}
