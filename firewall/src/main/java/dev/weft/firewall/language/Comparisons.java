package dev.weft.firewall.language;

import dev.weft.firewall.expression.Compare;
import dev.weft.firewall.expression.HeaderField;
import dev.weft.firewall.expression.Range;
import dev.weft.firewall.language.Content.Known;
import dev.weft.firewall.language.Content.Packet;
import dev.weft.firewall.language.Statement.Match.Operator;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.linux.netlink.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads comparisons: prefixes out of shortened loads and masks, ranges out of two bounds, flags
/// out of masked bits, several fields out of one load.
final class Comparisons {
    private final List<@Nullable Statement> statements;
    private final Registers registers;
    private final Operands operands;
    private final KnownHeaders headers;

    /// The comparison just read, when it may be the lower end of a range.
    private @Nullable Compare lowerEnd;

    Comparisons(
            List<@Nullable Statement> statements,
            Registers registers,
            Operands operands,
            KnownHeaders headers) {
        this.statements = statements;
        this.registers = registers;
        this.operands = operands;
        this.headers = headers;
    }

    /// Something else than a comparison follows.
    void end() {
        lowerEnd = null;
    }

    void compare(Compare compare) {
        Compare before = lowerEnd;
        lowerEnd = compare.operator() == Compare.Operator.AT_LEAST ? compare : null;
        Content content = registers.use(compare.source());
        Slice value = compare.value().bytes();
        if (before != null
                && compare.operator() == Compare.Operator.AT_MOST
                && before.source().equals(compare.source())
                && content != null
                && statements.getLast() instanceof Statement.Match(_, Term left, Term from)) {
            Typing typing = operands.known(content).typing();
            statements.removeLast();
            match(Operator.EQUAL, left, new Term.Range(from, typing.value(value)));
            return;
        }
        Operator operator = operator(compare.operator());
        switch (content) {
            case null -> match(operator, new Term.Unknown(compare.source()), untyped(value));
            case Content.Constant constant -> known(operands.known(constant), operator, value);
            case Known known -> known(known, operator, value);
            case Packet packet -> packet(packet, operator, value);
        }
    }

    private static Operator operator(Compare.Operator operator) {
        return switch (operator) {
            case EQUAL -> Operator.EQUAL;
            case NOT_EQUAL -> Operator.NOT_EQUAL;
            case LESS -> Operator.LESS;
            case AT_MOST -> Operator.AT_MOST;
            case GREATER -> Operator.GREATER;
            case AT_LEAST -> Operator.AT_LEAST;
        };
    }

    private static Term untyped(Slice value) {
        return Typing.of(DataType.INTEGER, value.length()).value(value);
    }

    void range(Range range) {
        end();
        Content content = registers.use(range.source());
        Slice lowest = range.lowest().bytes();
        Slice highest = range.highest().bytes();
        Operator operator = range.inverted() ? Operator.NOT_EQUAL : Operator.EQUAL;
        if (content == null) {
            Term unknown = new Term.Unknown(range.source());
            match(operator, unknown, new Term.Range(untyped(lowest), untyped(highest)));
            return;
        }
        Known known = operands.known(content);
        Typing typing = known.typing();
        match(
                operator,
                Operands.term(known),
                new Term.Range(typing.value(lowest), typing.value(highest)));
    }

    private void match(Operator operator, Term left, Term right) {
        statements.add(new Statement.Match(operator, left, right));
    }

    private void known(Known known, Operator operator, Slice value) {
        Slice mask = known.mask();
        Slice xor = known.xor();
        Typing typing = known.typing();
        if (mask == null || xor == null) {
            equal(known.term(), operator, typing, value);
        } else if (!Bits.isZero(xor)) {
            match(operator, Operands.term(known), typing.value(value));
        } else if (typing.isBits() && Bits.isZero(value) && isEquality(operator)) {
            Operator bits = operator == Operator.EQUAL ? Operator.NO_BIT : Operator.ANY_BIT;
            match(bits, known.term(), typing.value(mask));
        } else if (typing.type().isAddress() && Bits.prefixLength(mask) >= 0) {
            int bits = Bits.prefixLength(mask);
            match(operator, known.term(), new Term.Prefix(typing.value(value), bits));
        } else {
            match(operator, Operands.term(known), typing.value(value));
        }
    }

    private static boolean isEquality(Operator operator) {
        return operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
    }

    /// A comparison with a value as it is, from which something about the packet may be learnt.
    private void equal(Term left, Operator operator, Typing typing, Slice value) {
        Term right = typing.constant(value);
        match(operator, left, right);
        if (operator == Operator.EQUAL && right instanceof Term.Value(_, Datum datum)) {
            headers.learn(left, datum.bytes(), statements.size() - 1);
        }
    }

    private void packet(Packet packet, Operator operator, Slice value) {
        Known part = operands.part(packet);
        if (part != null) {
            equal(part.term(), operator, part.typing(), value);
            return;
        }
        Known whole = operands.known(packet);
        if (packet.mask() != null || !isRaw(whole.term()) || !isEquality(operator)) {
            known(whole, operator, value);
            return;
        }
        HeaderField address = operands.addressAt(packet);
        if (address != null) {
            Typing typing = Typing.of(address.type(), address.type().bytes());
            match(operator, new Field.Header(address), typing.constant(value));
            return;
        }
        List<HeaderField> parts =
                operator == Operator.EQUAL ? operands.split(packet) : List.<HeaderField>of();
        if (parts.isEmpty() || value.length() < packet.bytes()) {
            known(whole, operator, value);
            return;
        }
        split(parts, value);
    }

    private static boolean isRaw(Term term) {
        return term instanceof Field.Raw;
    }

    private void split(List<HeaderField> parts, Slice value) {
        int at = 0;
        for (HeaderField part : parts) {
            int bytes = part.lengthBits() / Byte.SIZE;
            Typing typing = Typing.of(part.type(), bytes);
            equal(new Field.Header(part), Operator.EQUAL, typing, value.part(at, bytes));
            at += bytes;
        }
    }
}
