package dev.weft.firewall.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final long START_NANOS = Long.MAX_VALUE - 5;

    private static Pace after(int repairs) {
        Pace pace = new Pace();
        for (int i = 0; i < repairs; i++) {
            pace.repaired(START_NANOS);
        }
        return pace;
    }

    @Test
    void firstRepairs_areNotHeldUp() {
        assertThat(new Pace().pause(START_NANOS)).isZero();
        assertThat(after(Pace.FREE).pause(START_NANOS)).isZero();
    }

    @Test
    void moreInARow_waitTwiceAsLongEach_upToABound() {
        assertThat(after(Pace.FREE + 1).pause(START_NANOS)).isEqualTo(Pace.FIRST_PAUSE);
        assertThat(after(Pace.FREE + 3).pause(START_NANOS))
                .isEqualTo(Pace.FIRST_PAUSE.multipliedBy(4));
        assertThat(after(Pace.FREE + 100).pause(START_NANOS)).isEqualTo(Pace.LONGEST_PAUSE);
    }

    @Test
    void timeThatPasses_isPartOfThePause() {
        Duration half = Pace.LONGEST_PAUSE.dividedBy(2);
        Pace pace = after(Pace.FREE + 100);

        assertThat(pace.pause(START_NANOS + half.toNanos())).isEqualTo(half);
        assertThat(pace.pause(START_NANOS + 2 * Pace.LONGEST_PAUSE.toNanos())).isZero();
    }

    @Test
    void calm_forgivesAll() {
        Pace pace = after(Pace.FREE + 100);
        long later = START_NANOS + Pace.CALM.toNanos() + 1;
        pace.repaired(later);

        assertThat(pace.pause(later)).isZero();
    }

    @Test
    void refusal_isNeverTriedAgainAtOnce() {
        Pace pace = new Pace();
        pace.refused(START_NANOS);
        assertThat(pace.pause(START_NANOS)).isEqualTo(Pace.FIRST_PAUSE);
        pace.refused(START_NANOS);
        assertThat(pace.pause(START_NANOS)).isEqualTo(Pace.FIRST_PAUSE.multipliedBy(2));
    }
}
