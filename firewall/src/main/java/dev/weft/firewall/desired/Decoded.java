package dev.weft.firewall.desired;

import dev.weft.firewall.Rule;
import dev.weft.firewall.RuleAttributes;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.ExpressionAttributes;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Slice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Expressions that were decoded before, by their bytes: rules repeat each other, and a table that
/// is looked at once more has hardly changed. For one thread at a time.
final class Decoded {
    private Map<Slice, Expression> before = Map.of();
    private Map<Slice, Expression> now = new HashMap<>();

    List<Expression> of(Rule rule) {
        return rule.attributes().orElse(RuleAttributes.EXPRESSIONS, List.of()).stream()
                .map(this::of)
                .toList();
    }

    private Expression of(Attributes expression) {
        return now.computeIfAbsent(
                expression.encoded(),
                bytes -> {
                    Expression known = before.get(bytes);
                    return known == null ? ExpressionAttributes.decode(expression) : known;
                });
    }

    /// Forgets what nobody asked for since the last time.
    void forget() {
        before = now;
        now = new HashMap<>();
    }
}
