package dev.weft.firewall.language;

import dev.weft.firewall.expression.HeaderField;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.language.Content.Known;
import dev.weft.firewall.language.Content.Packet;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.linux.netlink.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns what registers hold into terms, by what is known of the packet.
final class Operands {
    private final KnownHeaders headers;

    Operands(KnownHeaders headers) {
        this.headers = headers;
    }

    /// A content with a name: the field at its place, or the bits that no table names.
    Known known(Content content) {
        return switch (content) {
            case Known known -> known;
            case Packet packet -> field(packet);
            case Content.Constant(Slice value) -> {
                Typing typing = Typing.of(DataType.INTEGER, value.length());
                yield Known.of(typing.value(value), typing);
            }
        };
    }

    private Known field(Packet packet) {
        Known part = part(packet);
        if (part != null) {
            return part;
        }
        int bytes = packet.bytes();
        Field whole = headers.find(packet.place(), 0, bytes * Byte.SIZE);
        Field field = whole == null ? raw(packet.place()) : whole;
        Typing typing = Typing.of(field.type(), bytes);
        return new Known(
                field, packet.turned() ? typing.turned() : typing, packet.mask(), packet.xor(), 0);
    }

    /// The field that a mask cuts out of the bytes; null when it is none.
    @Nullable Known part(Packet packet) {
        Slice mask = packet.mask();
        Slice xor = packet.xor();
        if (mask == null || xor == null || !Bits.isZero(xor)) {
            return null;
        }
        return part(packet, mask);
    }

    /// The field that is the bits of a mask; null when it is none.
    @Nullable Known part(Packet packet, Slice mask) {
        int length = Bits.runLength(mask);
        int first = Bits.firstSet(mask);
        if (length <= 0) {
            return null;
        }
        Field field = headers.find(packet.place(), first, length);
        if (field == null) {
            return null;
        }
        int behind = mask.length() * Byte.SIZE - first - length;
        boolean machine = field.type().order() == DataType.Order.MACHINE;
        return Known.of(field, new Typing(field.type(), packet.bytes(), machine, length, behind));
    }

    private static Field raw(Place place) {
        return switch (place) {
            case Place.InHeader header ->
                    new Field.Raw(
                            header.base(), header.offset() * Byte.SIZE, header.bytes() * Byte.SIZE);
            case Place.InOption option ->
                    new Field.RawTcpOption(
                            option.type(), option.offset() * Byte.SIZE, option.bytes() * Byte.SIZE);
        };
    }

    /// The fields that a load reads at once.
    List<HeaderField> split(Packet packet) {
        return packet.place() instanceof Place.InHeader header ? headers.split(header) : List.of();
    }

    /// The address that a load reads the first bytes of.
    @Nullable HeaderField addressAt(Packet packet) {
        return packet.place() instanceof Place.InHeader header ? headers.addressAt(header) : null;
    }

    /// The term with what was done to its bits.
    static Term term(Known known) {
        Slice mask = known.mask();
        Slice xor = known.xor();
        if (mask == null || xor == null) {
            return known.term();
        }
        // The kernel knows `value & mask ^ xor` alone: bits that are set outside of the mask were
        // an "or".
        Slice set = Bits.andNot(xor, mask);
        Slice kept = Bits.or(mask, set);
        Slice flipped = Bits.and(xor, mask);
        Term term = known.term();
        if (!Bits.isOnes(kept)) {
            term = binary(Term.Binary.Operation.AND, term, known.typing().value(kept));
        }
        if (!Bits.isZero(flipped)) {
            term = binary(Term.Binary.Operation.XOR, term, known.typing().value(flipped));
        }
        if (!Bits.isZero(set)) {
            term = binary(Term.Binary.Operation.OR, term, known.typing().value(set));
        }
        return term;
    }

    static Term binary(Term.Binary.Operation operation, Term left, Term right) {
        return new Term.Binary(operation, left, right);
    }

    /// A content where a type is wanted, which tells what a constant means.
    Term as(@Nullable Content content, Register register, Typing typing) {
        return switch (content) {
            case null -> new Term.Unknown(register);
            case Content.Constant(Slice value) -> typing.constant(value);
            case Known known -> term(known);
            case Packet packet -> term(known(packet));
        };
    }

    /// Several contents as data of a layout.
    Term as(List<Content> contents, Register first, Layout layout) {
        List<Term> terms = new ArrayList<>(contents.size());
        for (int i = 0; i < contents.size(); i++) {
            Typing typing = layout.parts().get(Math.min(i, layout.parts().size() - 1));
            terms.add(as(contents.get(i), first, typing));
        }
        return switch (terms.size()) {
            case 0 -> new Term.Unknown(first);
            case 1 -> terms.getFirst();
            default -> new Term.Concatenation(terms);
        };
    }

    /// Several contents as one key.
    ///
    /// @return unknown register content when there are none
    Key key(List<Content> contents, Register first) {
        if (contents.isEmpty()) {
            return new Key(new Term.Unknown(first), List.of());
        }
        List<Term> terms = new ArrayList<>(contents.size());
        List<Typing> typings = new ArrayList<>(contents.size());
        for (Content content : contents) {
            Known known = known(content);
            typings.add(known.typing());
            terms.add(contents.size() == 1 ? term(known) : shifted(known));
        }
        return new Key(
                terms.size() == 1 ? terms.getFirst() : new Term.Concatenation(terms), typings);
    }

    /// In a concatenation, `nft` writes that a field was moved to the end of its bytes.
    private static Term shifted(Known known) {
        return known.shiftedBits() == 0
                ? term(known)
                : binary(
                        Term.Binary.Operation.SHIFT_RIGHT,
                        term(known),
                        number(known.shiftedBits()));
    }

    static Term.Value number(int value) {
        byte[] bytes = {
            (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
        };
        return new Term.Value(DataType.INTEGER, Datum.of(bytes));
    }

    /// What a set or map is asked for.
    ///
    /// @param parts how each part of the key is kept
    record Key(Term term, List<Typing> parts) {}
}
