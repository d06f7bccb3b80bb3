package dev.weft.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

    private static Comparison comparison(Target target, Round... rounds) {
        return new Comparison("work", "C", target, List.of(rounds));
    }

    private static Round round(long ours, long peer) {
        return new Round(Samples.of(ours), Samples.of(peer));
    }

    @Test
    void percentile_isTheSmallestSampleThatCoversTheShare() {
        Samples hundred = Samples.of(LongStream.rangeClosed(1, 100).map(i -> 101 - i).toArray());
        assertThat(hundred.median()).isEqualTo(50);
        assertThat(hundred.percentile(99)).isEqualTo(99);
        assertThat(hundred.percentile(100)).isEqualTo(100);
        assertThat(hundred.percentile(1)).isEqualTo(1);
        assertThat(Samples.of(7, 3, 5).median()).isEqualTo(5);
        assertThat(Samples.of(7).percentile(99)).isEqualTo(7);
    }

    @Test
    void noSamples_areRefused() {
        assertThatThrownBy(Samples::of).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> comparison(new Target.None()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ratio_isOfTheMediansOfAllSamples() {
        Comparison all =
                comparison(
                        new Target.None(),
                        new Round(Samples.of(10, 20, 30), Samples.of(1, 2, 3)),
                        new Round(Samples.of(40, 50), Samples.of(4, 5)));
        assertThat(all.ours().median()).isEqualTo(30);
        assertThat(all.ours().count()).isEqualTo(5);
        assertThat(all.theirs().median()).isEqualTo(3);
        assertThat(all.ratio()).isEqualTo(10);
    }

    @Test
    void roundRatio_isTheMedianOfTheRoundsOwn() {
        assertThat(
                        comparison(new Target.None(), round(1, 1), round(90, 1), round(2, 1))
                                .roundRatio())
                .isEqualTo(2);
        assertThat(comparison(new Target.None(), round(1, 1), round(4, 1)).roundRatio())
                .isEqualTo(2.5);
    }

    @Test
    void target_isMetUpToItsBound() {
        assertThat(comparison(new Target.Ratio(1.3), round(13, 10)).outcome())
                .isEqualTo(Target.Outcome.MET);
        assertThat(comparison(new Target.Ratio(1.3), round(14, 10)).outcome())
                .isEqualTo(Target.Outcome.MISSED);
        assertThat(comparison(new Target.Time(20), round(20, 1)).outcome())
                .isEqualTo(Target.Outcome.MET);
        assertThat(comparison(new Target.Time(20), round(21, 99)).outcome())
                .isEqualTo(Target.Outcome.MISSED);
        assertThat(comparison(new Target.None(), round(21, 1)).outcome())
                .isEqualTo(Target.Outcome.NO_TARGET);
    }

    @Test
    void turns_alternateWhoIsFirst() {
        List<String> order = new ArrayList<>();
        List<Turn<String>> turns = Turn.take(3, () -> said(order, "ours"), () -> said(order, "C"));

        assertThat(order).containsExactly("ours", "C", "C", "ours", "ours", "C");
        assertThat(turns).containsOnly(new Turn<>("ours", "C"));
    }

    private static String said(List<String> order, String who) {
        order.add(who);
        return who;
    }

    @Test
    void table_showsMediansInUnitsThatSuit() {
        String table =
                Report.table(List.of(comparison(new Target.Ratio(1.3), round(1_500, 3_000_000))));
        assertThat(table.lines().toList().getLast().split(" *\\| *"))
                .containsExactly(
                        "", "work", "C", "1.5 µs", "3.0 ms", "0.0005", "0.0005", "1.5 µs", "3.0 ms",
                        "≤ 1.3 x", "yes");
    }

    @Test
    void table_showsMemoryAndSmallFractions() {
        Comparison memory =
                new Comparison(
                        "agent",
                        "at start",
                        new Target.Ratio(1.0 / 6),
                        List.of(round(30_500_000, 61_000_000)),
                        Unit.BYTES);
        assertThat(Report.table(List.of(memory)).lines().toList().getLast().split(" *\\| *"))
                .contains("30.5 MB", "61.0 MB", "≤ 1/6", "no");
        assertThat(Report.json(List.of(memory))).contains("\"medianBytes\": 30500000");
    }

    @Test
    void json_holdsWhatTheTableShows() {
        String json = Report.json(List.of(comparison(new Target.Time(10), round(20, 10))));
        JsonObject row =
                JsonParser.parseString(json)
                        .getAsJsonObject()
                        .getAsJsonArray("comparisons")
                        .get(0)
                        .getAsJsonObject();
        assertThat(row.get("work").getAsString()).isEqualTo("work");
        assertThat(row.getAsJsonObject("ours").get("medianNanoseconds").getAsLong()).isEqualTo(20);
        assertThat(row.get("ratio").getAsDouble()).isEqualTo(2);
        assertThat(row.get("outcome").getAsString()).isEqualTo("missed");
    }
}
