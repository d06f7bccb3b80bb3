package dev.weft.firewall.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.Attributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ExpressionTest {

    static List<Expression> samples() {
        return ExpressionSamples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void expression_comesBackFromItsAttributes(Expression expression) {
        assertThat(Expression.decode(expression.name(), expression.encode())).isEqualTo(expression);
    }

    @Test
    void samples_coverEveryKind() {
        assertThat(samples().stream().map(Expression::name).collect(Collectors.toSet()))
                .isEqualTo(
                        ExpressionKind.all().stream()
                                .map(ExpressionKind::name)
                                .collect(Collectors.toCollection(HashSet::new)));
    }

    @Test
    void attributeWithoutPlaceInTheTypedForm_keepsTheExpressionAsItIs() {
        Attributes more =
                new Counter(1, 2).encode().and(writer -> writer.raw(77, target -> target.u8(1)));

        Expression read = Expression.decode("counter", more);
        assertThat(read).isInstanceOf(UnknownExpression.class);
        assertThat(read.encode()).isEqualTo(more);
    }

    @Test
    void unknownKind_isKept() {
        Attributes data = Attributes.empty(ExpressionKind.table("later"));

        assertThat(Expression.decode("later", data))
                .isEqualTo(new UnknownExpression("later", data));
    }

    @Test
    void samples_coverEveryTypedForm() {
        Set<Class<?>> typed = new HashSet<>(List.of(Expression.class.getPermittedSubclasses()));
        typed.remove(UnknownExpression.class);

        assertThat(new HashSet<Class<?>>(samples().stream().map(Expression::getClass).toList()))
                .isEqualTo(typed);
    }

    @Test
    void zeroThatTheKernelSaysUnasked_isNotAskedForAgain() {
        Expression reset = new ExtensionHeaderReset(ExtensionHeader.Protocol.TCP, 4);
        Attributes said =
                reset.encode()
                        .and(writer ->
                                writer.put(ExtensionHeader.OFFSET, 0)
                                        .put(ExtensionHeader.LENGTH, 0)
                                        .put(ExtensionHeader.FLAGS, 0));

        assertThat(Expression.decode("exthdr", said)).isEqualTo(reset);
    }

    @Test
    void expressionsInsideOneAnother_leadNoDeeperThanTwo() {
        Expression nested = new Counter(1, 2);
        for (int i = 0; i < 1_000; i++) {
            nested = new Inner(0, 1, Set.of(), 8, asItIs(nested));
        }

        Inner read = (Inner) Expression.decode("inner", nested.encode());
        assertThat(read.expression()).isInstanceOf(UnknownExpression.class);
        assertThat(read.encode()).isEqualTo(nested.encode());
    }

    private static Expression asItIs(Expression expression) {
        return new UnknownExpression(expression.name(), expression.encode());
    }

    @Test
    void listInAnotherOrder_saysSomethingElse() {
        Attributes one =
                Attributes.build(Counter.TABLE, w -> w.raw(1, b -> b.u8(1)).raw(1, b -> b.u8(2)));
        Attributes other =
                Attributes.build(Counter.TABLE, w -> w.raw(1, b -> b.u8(2)).raw(1, b -> b.u8(1)));

        assertThat(Sameness.same(one, one)).isTrue();
        assertThat(Sameness.same(one, other)).isFalse();
    }

    @Test
    void registers_haveOneNumberEach_asTheKernelShowsThem() {
        assertThat(Register.VERDICT).hasToString("reg 0");
        assertThat(Register.FIRST).hasToString("reg 1");
        assertThat(Register.FIRST.after(4)).hasToString("reg 9");
        assertThat(Register.FIRST.after(16)).hasToString("reg 2");
        assertThat(new Register(15)).hasToString("reg 23");
        assertThatThrownBy(() -> new Register(13).after(16))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("16 words");
    }
}
