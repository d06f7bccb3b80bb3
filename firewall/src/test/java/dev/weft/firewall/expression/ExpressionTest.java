package dev.weft.firewall.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
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
    private static final Register FIRST = Register.FIRST;
    private static final Datum WORD = Datum.u32(0x01020304);

    static List<Expression> samples() {
        return List.of(
                new Payload(Payload.Base.NETWORK, 12, 4, new Register(15)),
                new Meta(MetaKey.IIFNAME, FIRST),
                new MetaSet(MetaKey.MARK, FIRST),
                new Ct(CtKey.STATE, new Register(4)),
                new CtSet(CtKey.MARK, FIRST),
                new Compare(Compare.Operator.AT_LEAST, FIRST, Datum.port(80)),
                new Bitwise(FIRST, new Register(1), WORD, WORD),
                new Immediate(Register.VERDICT, Verdict.jump("web")),
                new Immediate(FIRST, WORD),
                new Lookup("known", FIRST, true),
                new MapLookup("ports", FIRST, Register.VERDICT),
                new Nat(
                        Nat.Kind.DESTINATION,
                        Family.IP6,
                        RegisterRange.of(FIRST),
                        new RegisterRange(new Register(4), new Register(8)),
                        Set.of(NatFlag.PORT_GIVEN, NatFlag.PERSISTENT)),
                new Nat(Nat.Kind.SOURCE, Family.IP, RegisterRange.of(FIRST), null, Set.of()),
                new Masquerade(null, Set.of()),
                new Masquerade(RegisterRange.of(FIRST), Set.of(NatFlag.FULLY_RANDOM)),
                new Redirect(RegisterRange.of(FIRST), Set.of(NatFlag.PORT_GIVEN)),
                new Counter(7, 1L << 40),
                new Fib(Fib.Result.ADDRESS_TYPE, Set.of(Fib.Flag.DESTINATION_ADDRESS), FIRST),
                new Range(true, FIRST, Datum.port(1), Datum.port(9)),
                new Limit(5, 3_600, 10, false, true),
                new Reject(Reject.Kind.ICMPX_UNREACHABLE, 3),
                new Reject(Reject.Kind.TCP_RESET, 0),
                new Log("dropped ", 6),
                new NoTrack(),
                new ObjectReference(1, "hits"));
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
        Attributes data = Attributes.empty(ExpressionKind.table("osf"));

        assertThat(Expression.decode("osf", data)).isEqualTo(new UnknownExpression("osf", data));
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

    @Test
    void registersThatHoldNothing_areShownByNumber() {
        assertThat(
                        RuleText.of(
                                Family.INET,
                                List.of(
                                        new Compare(Compare.Operator.EQUAL, FIRST, WORD),
                                        new Lookup("known", new Register(1), false))))
                .isEqualTo("[reg 1] " + WORD + " [reg 9] @known");
    }
}
