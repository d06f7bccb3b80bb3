package dev.weft.firewall.desired;

import dev.weft.firewall.Rule;
import dev.weft.firewall.RuleAttributes;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.ExpressionAttributes;
import dev.weft.linux.netlink.Slice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Expressions that were decoded before, by their bytes: rules repeat each other, and a table that
/// is looked at once more has hardly changed. For one thread at a time.
final class Decoded {
    private Memory<List<Expression>> rules = new Memory<>();
    private Memory<Expression> expressions = new Memory<>();

    /// What was asked for since the last turn, and what was before it.
    private record Memory<T>(Map<Slice, T> before, Map<Slice, T> now) {
        Memory() {
            this(Map.of(), new HashMap<>());
        }

        T of(Slice bytes, Supplier<T> decoder) {
            T known = now.get(bytes);
            if (known == null) {
                T earlier = before.get(bytes);
                known = earlier == null ? decoder.get() : earlier;
                now.put(bytes, known);
            }
            return known;
        }

        Memory<T> turned() {
            return new Memory<>(now, new HashMap<>());
        }
    }

    List<Expression> of(Rule rule) {
        Slice bytes =
                rule.attributes().payload(RuleAttributes.EXPRESSIONS.number()).orElse(Slice.EMPTY);
        return rules.of(bytes, () -> decode(rule));
    }

    private List<Expression> decode(Rule rule) {
        return rule.attributes().orElse(RuleAttributes.EXPRESSIONS, List.of()).stream()
                .map(one -> expressions.of(one.encoded(), () -> ExpressionAttributes.decode(one)))
                .toList();
    }

    /// Forgets what nobody asked for since the last time.
    void forget() {
        rules = rules.turned();
        expressions = expressions.turned();
    }
}
