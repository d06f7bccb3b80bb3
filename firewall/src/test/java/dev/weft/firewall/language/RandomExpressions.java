package dev.weft.firewall.language;

import dev.weft.firewall.expression.Bitwise;
import dev.weft.firewall.expression.BitwiseData;
import dev.weft.firewall.expression.ByteOrder;
import dev.weft.firewall.expression.Compare;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.ExpressionSamples;
import dev.weft.firewall.expression.ExtensionHeader;
import dev.weft.firewall.expression.Immediate;
import dev.weft.firewall.expression.Lookup;
import dev.weft.firewall.expression.MapLookup;
import dev.weft.firewall.expression.Meta;
import dev.weft.firewall.expression.MetaKey;
import dev.weft.firewall.expression.Payload;
import dev.weft.firewall.expression.PayloadSet;
import dev.weft.firewall.expression.Range;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.value.Datum;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Lists of expressions that no kernel would take together, made of choices.
///
/// @param choice a number from 0 on, below its argument
record RandomExpressions(IntUnaryOperator choice) {
    private static final List<Expression> SAMPLES = ExpressionSamples.all();
    private static final int MOST = 24;

    List<Expression> next() {
        List<Expression> list = new ArrayList<>();
        for (int left = choose(MOST); left > 0; left--) {
            list.add(one());
        }
        return list;
    }

    private int choose(int bound) {
        return choice.applyAsInt(bound);
    }

    private <E> E any(E[] values) {
        return values[choose(values.length)];
    }

    private Register register() {
        return new Register(choose(3) == 0 ? choose(Register.WORDS + 1) - 1 : 0);
    }

    private Datum datum(int bytes) {
        byte[] value = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            value[i] = (byte) (choose(2) == 0 ? 0 : choose(256));
        }
        return Datum.of(value);
    }

    private Datum datum() {
        return datum(1 + choose(choose(2) == 0 ? 4 : Datum.MAX_BYTES));
    }

    private Expression one() {
        return switch (choose(14)) {
            case 0, 1 -> new Payload(any(Payload.Base.values()), choose(40), length(), register());
            case 2 -> new Meta(any(MetaKey.values()), register());
            case 3 -> {
                int bytes = 1 + choose(20);
                yield new Bitwise(register(), register(), datum(bytes), datum(bytes));
            }
            case 4, 5 -> new Compare(any(Compare.Operator.values()), register(), datum());
            case 6 -> new Range(choose(2) == 0, register(), datum(), datum());
            case 7 -> new Lookup("s", register(), choose(2) == 0);
            case 8 -> new MapLookup("m", register(), register());
            case 9 -> new Immediate(register(), datum());
            case 10 ->
                    new PayloadSet(
                            any(Payload.Base.values()),
                            choose(40),
                            length(),
                            register(),
                            PayloadSet.Checksum.NONE,
                            0,
                            false);
            case 11 ->
                    new ExtensionHeader(
                            any(ExtensionHeader.Protocol.values()),
                            choose(256),
                            choose(20),
                            length(),
                            choose(4) == 0,
                            register());
            case 12 ->
                    choose(2) == 0
                            ? new BitwiseData(
                                    any(Bitwise.Operation.values()),
                                    register(),
                                    register(),
                                    choose(20),
                                    datum())
                            : new ByteOrder(
                                    any(ByteOrder.Conversion.values()),
                                    register(),
                                    register(),
                                    choose(20),
                                    choose(20));
            default -> SAMPLES.get(choose(SAMPLES.size()));
        };
    }

    /// Mostly as long as fields are, but a kernel could say anything.
    private int length() {
        int[] odd = {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
        return choose(50) == 0 ? odd[choose(odd.length)] : 1 + choose(20);
    }
}
