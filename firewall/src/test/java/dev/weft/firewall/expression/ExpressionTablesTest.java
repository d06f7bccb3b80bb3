package dev.weft.firewall.expression;

import dev.weft.linux.fixture.AttributeRoundTrip;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every attribute of every kind of expression: decoded, encoded, decoded again and printed.
final class ExpressionTablesTest {
    static List<ExpressionKind> kindsWithAttributes() {
        return ExpressionKind.all().stream().filter(kind -> !kind.table().all().isEmpty()).toList();
    }

    @ParameterizedTest
    @MethodSource("kindsWithAttributes")
    void everyAttribute_survivesTheRoundTrip(ExpressionKind kind) {
        AttributeRoundTrip.check(kind.table());
    }
}
