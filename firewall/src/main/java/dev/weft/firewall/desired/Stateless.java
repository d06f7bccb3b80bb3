package dev.weft.firewall.desired;

import dev.weft.firewall.expression.Counter;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.Last;
import dev.weft.firewall.expression.Quota;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Expressions without what packets changed in them.
final class Stateless {
    private Stateless() {}

    static Expression of(Expression expression) {
        return switch (expression) {
            case Counter _ -> new Counter(0, 0);
            case Last _ -> new Last(false, 0);
            case Quota quota -> new Quota(quota.bytes(), 0, flags(quota));
            case Expression other -> other;
        };
    }

    private static Set<Quota.Flag> flags(Quota quota) {
        Set<Quota.Flag> flags = new HashSet<>(quota.flags());
        flags.remove(Quota.Flag.DEPLETED);
        return flags;
    }

    static List<Expression> all(List<Expression> expressions) {
        return expressions.stream().map(Stateless::of).toList();
    }
}
