package dev.weft.firewall.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.Seeded;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AlignmentTest {
    private static final int MANY = 10_000;

    private static int[] random(Seeded random, int most, int values) {
        return IntStream.range(0, random.between(0, most))
                .map(_ -> random.between(1, values))
                .toArray();
    }

    /// The textbook's way.
    private static int longestLength(int[] left, int[] right) {
        int[][] length = new int[left.length + 1][right.length + 1];
        for (int i = 1; i <= left.length; i++) {
            for (int j = 1; j <= right.length; j++) {
                length[i][j] =
                        left[i - 1] == right[j - 1]
                                ? length[i - 1][j - 1] + 1
                                : Math.max(length[i - 1][j], length[i][j - 1]);
            }
        }
        return length[left.length][right.length];
    }

    /// How many places have a partner; all of them equal it and rise.
    private static long paired(int[] left, int[] right) {
        int[] partners = Alignment.of(left, right);
        int last = Alignment.NONE;
        long count = 0;
        for (int i = 0; i < right.length; i++) {
            if (partners[i] != Alignment.NONE) {
                assertThat(left[partners[i]]).isEqualTo(right[i]);
                assertThat(partners[i]).isGreaterThan(last);
                last = partners[i];
                count++;
            }
        }
        return count;
    }

    @Test
    void anySequences_keepTheLongestCommonOne() {
        Seeded.forAll(
                300,
                random -> {
                    int values = random.between(1, 12);
                    int[] left = random(random, 20, values);
                    int[] right = random(random, 20, values);
                    assertThat(paired(left, right)).isEqualTo(longestLength(left, right));
                });
    }

    @Test
    void oneMovedOfThousands_keepsAllOthers() {
        int[] left = IntStream.range(0, MANY).toArray();
        int[] right =
                IntStream.concat(
                                IntStream.of(MANY / 2),
                                IntStream.range(0, MANY).filter(i -> i != MANY / 2))
                        .toArray();

        assertThat(paired(left, right)).isEqualTo(MANY - 1);
    }

    @Test
    void thousandsReversed_keepOne() {
        int[] left = IntStream.range(0, MANY).toArray();
        int[] right = IntStream.range(0, MANY).map(i -> MANY - i).toArray();

        assertThat(paired(left, right)).isEqualTo(1);
    }

    /// Four million pairs: more than are gone through one by one.
    @Test
    void thousandsOfTheSame_keepAllButWhatIsBetween() {
        int[] left = new int[MANY];
        int[] right = new int[MANY];
        Arrays.setAll(left, i -> i % 5 == 0 ? i : -1);
        Arrays.setAll(right, i -> i % 5 == 0 ? i + MANY : -1);

        assertThat(paired(left, right)).isEqualTo(MANY - MANY / 5);
    }

    @Test
    void nothing_goesWithNothing() {
        assertThat(Alignment.of(new int[0], new int[] {1})).containsExactly(Alignment.NONE);
        assertThat(Alignment.of(new int[] {1}, new int[0])).isEmpty();
    }
}
