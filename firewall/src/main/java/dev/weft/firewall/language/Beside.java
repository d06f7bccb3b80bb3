package dev.weft.firewall.language;

import dev.weft.firewall.language.Statement.Match;
import dev.weft.firewall.language.Term.Value;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Literal;
import dev.weft.firewall.value.Surroundings;
import org.jspecify.annotations.Nullable;

/// How a constant is written depends on what it is compared with. `nft` writes the bits of a flag
/// field as a list where any of them counts or a mask picks some, or-ed in sets, and as one number
/// where it takes a header's field as a whole; and numbers in hexadecimal beside bytes without a
/// name.
///
/// ```
///   tcp flags syn,ack          tcp flags syn / syn,ack      listed
///   tcp flags { syn | ack }    ct state established | new   or-ed
///   tcp flags == 0x12                                       a number
/// ```
enum Beside {
    NOTHING,
    LISTED,
    NUMBER;

    /// How the right side of a comparison is written.
    static Beside of(Match match, Surroundings around) {
        return switch (match.operator()) {
            case ANY_BIT, NO_BIT -> LISTED;
            case LESS, AT_MOST, GREATER, AT_LEAST -> NUMBER;
            case EQUAL, NOT_EQUAL -> {
                if (isMasked(match, around)) {
                    yield LISTED;
                }
                yield match.left() instanceof Field.Header ? NUMBER : NOTHING;
            }
        };
    }

    /// Whether a comparison has a mask of several named bits, which `nft` writes behind the value:
    /// `tcp flags syn / syn,ack`.
    static boolean isMasked(Match match, Surroundings around) {
        return (match.operator() == Match.Operator.EQUAL
                        || match.operator() == Match.Operator.NOT_EQUAL)
                && match.right() instanceof Value
                && match.left()
                        instanceof Term.Binary(Term.Binary.Operation operation, _, Term mask)
                && operation == Term.Binary.Operation.AND
                && mask instanceof Value value
                && value.type().isBits()
                && literal(value, around) instanceof Literal.Bits;
    }

    static Literal literal(Value value, Surroundings around) {
        return value.type().literal(value.datum(), around);
    }

    /// Whether numbers beside a term are written in hexadecimal.
    static boolean isRaw(@Nullable Term beside) {
        return beside instanceof Field.Raw
                || (beside instanceof Term.Binary binary && isRaw(binary.left()));
    }

    /// What stands beside one part of a concatenation.
    static @Nullable Term part(@Nullable Term beside, int index) {
        return beside instanceof Term.Concatenation all && index < all.parts().size()
                ? all.parts().get(index)
                : null;
    }

    /// Whether the equality has to be written: beside an operation, and where the bits of the right
    /// side would otherwise be taken one by one.
    static boolean needsEquality(Match match, Surroundings around) {
        return match.left() instanceof Term.Binary
                || (match.right() instanceof Value(DataType type, _)
                        && type.isBits()
                        && !(of(match, around) == NOTHING
                                && literal((Value) match.right(), around) instanceof Literal.Bits));
    }
}
