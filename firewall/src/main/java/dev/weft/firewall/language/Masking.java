package dev.weft.firewall.language;

import dev.weft.firewall.expression.Bitwise;
import dev.weft.firewall.language.Content.Known;
import dev.weft.firewall.language.Content.Packet;
import dev.weft.linux.netlink.Slice;

/// What operations of bits make of a register's content.
final class Masking {
    private Masking() {}

    /// `content & mask ^ xor`.
    static Content masked(Content content, Slice mask, Slice xor, Operands operands) {
        if (content instanceof Packet(Place place, boolean turned, Slice before, _)
                && before == null) {
            return new Packet(place, turned, mask, xor);
        }
        Known known = operands.known(content);
        Known bare = known.mask() == null ? known : Known.of(Operands.term(known), known.typing());
        return new Known(bare.term(), bare.typing(), mask, xor, 0);
    }

    /// An operation with a constant.
    static Content combined(
            Content content, Bitwise.Operation operation, Slice value, Operands operands) {
        Known known = operands.known(content);
        Term term = Operands.term(known);
        return switch (operation) {
            case SHIFT_RIGHT -> shiftedRight(known, term, shift(value));
            case SHIFT_LEFT ->
                    Known.of(
                            Operands.binary(
                                    Term.Binary.Operation.SHIFT_LEFT,
                                    term,
                                    Operands.number(shift(value))),
                            known.typing());
            case AND, OR, XOR, MASK_AND_XOR ->
                    Known.of(
                            Operands.binary(symbol(operation), term, known.typing().value(value)),
                            known.typing());
        };
    }

    /// An operation with another content.
    static Content combined(
            Content left, Bitwise.Operation operation, Content right, Operands operands) {
        Known known = operands.known(left);
        Term term =
                Operands.binary(
                        symbol(operation),
                        Operands.term(known),
                        Operands.term(operands.known(right)));
        return Known.of(term, known.typing());
    }

    private static Term.Binary.Operation symbol(Bitwise.Operation operation) {
        return switch (operation) {
            case AND, MASK_AND_XOR -> Term.Binary.Operation.AND;
            case OR -> Term.Binary.Operation.OR;
            case XOR -> Term.Binary.Operation.XOR;
            case SHIFT_LEFT -> Term.Binary.Operation.SHIFT_LEFT;
            case SHIFT_RIGHT -> Term.Binary.Operation.SHIFT_RIGHT;
        };
    }

    private static int shift(Slice value) {
        return value.length() == Integer.BYTES ? value.s32(0) : 0;
    }

    /// A field that was moved to the end of its bytes is the field.
    private static Content shiftedRight(Known known, Term term, int bits) {
        Typing typing = known.typing();
        if (typing.lengthBits() != 0 && typing.shiftBits() == bits) {
            Typing moved =
                    new Typing(
                            typing.type(),
                            typing.bytes(),
                            typing.machineOrder(),
                            typing.lengthBits(),
                            0);
            return new Known(term, moved, known.mask(), known.xor(), bits);
        }
        return Known.of(
                Operands.binary(Term.Binary.Operation.SHIFT_RIGHT, term, Operands.number(bits)),
                typing);
    }
}
