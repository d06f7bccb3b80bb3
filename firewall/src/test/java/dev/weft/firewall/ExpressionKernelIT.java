package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.ExpressionCases.Case;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.UnknownExpression;
import dev.weft.linux.netlink.Attributes;
import dev.weft.testkit.Command;
import dev.weft.testkit.KernelFeature;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the kernel says of every kind of expression is read in full, and what was read can be made
/// again.
final class ExpressionKernelIT {
    static List<Case> ofNft() {
        return ExpressionCases.ofNft();
    }

    @ParameterizedTest
    @MethodSource("ofNft")
    void rulesOfNft_areReadInFull_andTheSameWhenMadeAgain(Case some) {
        try (Sandbox sandbox = new Sandbox()) {
            Command.Result loaded = sandbox.tryLoad(some.ruleset());
            KernelFeature.assume("expression " + some, !lacksSomething(loaded.stderr()));
            loaded.orFail();

            Table table = Table.of(some.family(), ExpressionCases.TABLE);
            List<Rule> original = sandbox.nftables().rules(Chain.of(table, "original"));
            assertThat(original).hasSameSizeAs(some.rules());
            assertThat(original)
                    .flatExtracting(Rule::expressions)
                    .doesNotHaveAnyElementsOfTypes(UnknownExpression.class);
            assertThat(typesIn(original)).containsAll(some.expected());

            copy(sandbox, original, Chain.of(table, "copy"));
        }
    }

    /// The kernel's words for an expression, or a kind of chain, that it was built without.
    private static boolean lacksSomething(String refusal) {
        return refusal.contains("No such file or directory")
                || refusal.contains("Operation not supported");
    }

    private static Set<Class<?>> typesIn(List<Rule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.expressions().stream())
                .map(Expression::getClass)
                .collect(Collectors.toSet());
    }

    private static void copy(Sandbox sandbox, List<Rule> original, Chain into) {
        Batch batch = new Batch();
        original.forEach(rule -> batch.append(Rule.of(into, rule.expressions())));
        sandbox.nftables().apply(batch);

        assertThat(attributes(sandbox.nftables().rules(into))).isEqualTo(attributes(original));
    }

    private static List<Optional<List<Attributes>>> attributes(List<Rule> rules) {
        return rules.stream()
                .map(rule -> rule.attributes().find(RuleAttributes.EXPRESSIONS))
                .toList();
    }

    static List<ExpressionCases.Typed> withoutNft() {
        return ExpressionCases.withoutNft();
    }

    @ParameterizedTest
    @MethodSource("withoutNft")
    void expressions_areReadBackAsTheyWereMade(ExpressionCases.Typed some) {
        KernelFeature.assumeSince(some.major(), some.minor(), "expression " + some);
        Table table = Table.of(some.family(), ExpressionCases.TABLE);
        Chain chain = Chain.of(table, "typed");
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.nftables()
                    .apply(
                            new Batch()
                                    .add(table)
                                    .add(chain)
                                    .append(Rule.of(chain, some.expressions())));

            assertThat(sandbox.nftables().rules(chain).getFirst().expressions())
                    .isEqualTo(some.expressions());
        }
    }
}
