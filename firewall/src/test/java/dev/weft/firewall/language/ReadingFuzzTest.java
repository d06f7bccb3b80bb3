package dev.weft.firewall.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Surroundings;
import java.util.List;

/// Any expressions in any order: each statement that is read has text and JSON.
final class ReadingFuzzTest {
    @FuzzTest
    void rule(FuzzedDataProvider data) {
        Family family = data.pickValue(Family.values());
        List<Expression> expressions =
                new RandomExpressions(bound -> data.consumeInt(0, bound - 1)).next();
        StatementText text = new StatementText(family, Surroundings.none());
        StatementJson json = new StatementJson(family, Surroundings.none());

        for (Statement statement : Reading.of(family).statements(expressions)) {
            assertThat(text.of(statement)).isNotEmpty();
            assertThat(json.of(statement)).isNotNull();
        }
    }
}
