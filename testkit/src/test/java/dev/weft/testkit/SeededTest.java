package dev.weft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class SeededTest {
    @Test
    void propertyThatHolds_isCheckedAsOftenAsAsked() {
        var runs = new AtomicInteger();
        Seeded.forAll(25, _ -> runs.incrementAndGet());
        assertThat(runs).hasValue(25);
    }

    @Test
    void failure_namesTheSeedThatRepeatsIt() {
        List<Long> drawn = new ArrayList<>();
        Throwable failure = failureOf(drawn);
        Matcher seed = Pattern.compile("-Dweft\\.seed=(-?\\d+)").matcher(failure.getMessage());
        assertThat(seed.find()).isTrue();

        System.setProperty("weft.seed", seed.group(1));
        try {
            failureOf(drawn);
        } finally {
            System.clearProperty("weft.seed");
        }
        assertThat(drawn).hasSize(2);
        assertThat(drawn.get(1)).isEqualTo(drawn.get(0));
    }

    private static Throwable failureOf(List<Long> drawn) {
        var thrown = new ArrayList<Throwable>();
        assertThatThrownBy(() ->
                        Seeded.forAll(
                                3,
                                random -> {
                                    drawn.add(random.anyLong());
                                    throw new IllegalStateException("on purpose");
                                }))
                .satisfies(thrown::add)
                .isInstanceOf(AssertionError.class)
                .hasRootCauseMessage("on purpose");
        return thrown.getFirst();
    }

    @Test
    void numberBetweenBounds_reachesBothBounds() {
        Seeded.forAll(
                1,
                random -> {
                    var seen = new ArrayList<Integer>();
                    for (int i = 0; i < 200; i++) {
                        seen.add(random.between(3, 5));
                    }
                    assertThat(seen).contains(3, 4, 5).allMatch(n -> n >= 3 && n <= 5);
                });
    }
}
