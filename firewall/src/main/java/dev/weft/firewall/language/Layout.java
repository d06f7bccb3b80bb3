package dev.weft.firewall.language;

import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the parts of a set's key, or of a map's data, stand behind one another.
///
/// @param parts with several, each is padded to four bytes
/// @param bytes of the whole
record Layout(List<Typing> parts, int bytes) {
    /// Of what is not known.
    static final Layout NONE = new Layout(List.of(Typing.of(DataType.INTEGER, 4)), 0);

    private static final int MACHINE_ORDER = 1;

    Layout {
        parts = List.copyOf(parts);
    }

    /// @param number nft's of the types
    /// @param order of the notes beside the set; 0 when they do not say
    /// @param declared the types with their lengths, when the set was declared with `typeof`
    /// @param turned whether numbers are kept in network order, so that ranges of them have an
    ///   order
    static Layout of(int number, int bytes, int order, List<Typing> declared, boolean turned) {
        List<DataType> types = DataType.find(number).orElse(List.of(DataType.INTEGER));
        if (types.size() == 1) {
            Typing single = single(types.getFirst(), bytes, order, declared);
            return new Layout(List.of(single), bytes);
        }
        List<Typing> parts = new ArrayList<>(types.size());
        int rest = bytes;
        for (int i = 0; i < types.size(); i++) {
            DataType type = types.get(i);
            Typing part = i < declared.size() ? declared.get(i) : null;
            int length = length(type, part, rest - 4 * (types.size() - 1 - i));
            boolean machine =
                    !turned
                            && (part == null
                                    ? type.order() == DataType.Order.MACHINE
                                    : part.machineOrder());
            parts.add(Typing.of(type, length, machine));
            rest -= padded(length);
        }
        return new Layout(parts, bytes);
    }

    private static Typing single(DataType type, int bytes, int order, List<Typing> declared) {
        boolean machine =
                order != 0
                        ? order == MACHINE_ORDER
                        : declared.isEmpty()
                                ? type.order() == DataType.Order.MACHINE
                                : declared.getFirst().machineOrder();
        return Typing.of(type, type.bytes() == 0 ? bytes : type.bytes(), machine);
    }

    private static int length(DataType type, @Nullable Typing declared, int rest) {
        if (declared != null) {
            return declared.bytes();
        }
        return type.bytes() == 0 ? Math.max(1, Math.min(rest, Datum.MAX_BYTES)) : type.bytes();
    }

    /// The same with what is known from where the set is used.
    Layout as(List<Typing> used) {
        return used.size() == parts.size() ? new Layout(used, bytes) : this;
    }

    static int padded(int bytes) {
        return bytes + 3 & ~3;
    }

    /// A key or datum as a term.
    Term term(Slice value) {
        if (parts.size() == 1) {
            return parts.getFirst().value(value);
        }
        List<Slice> pieces = pieces(value);
        List<Term> terms = new ArrayList<>(parts.size());
        for (int i = 0; i < pieces.size(); i++) {
            terms.add(parts.get(i).value(pieces.get(i)));
        }
        return new Term.Concatenation(terms);
    }

    /// Data of a map as a term: twice as long, they are a range.
    Term datum(Slice value) {
        int half = value.length() / 2;
        return half > 0 && half * 2 == value.length() && half == wordBytes()
                ? range(value.part(0, half), value.part(half, half))
                : term(value);
    }

    private int wordBytes() {
        if (parts.size() == 1) {
            return parts.getFirst().bytes();
        }
        int sum = 0;
        for (Typing part : parts) {
            sum += padded(part.bytes());
        }
        return sum;
    }

    /// A range of keys as a term: of several parts, each may be one.
    Term range(Slice lowest, Slice highest) {
        if (parts.size() == 1) {
            return range(parts.getFirst(), lowest, highest);
        }
        List<Slice> from = pieces(lowest);
        List<Slice> to = pieces(highest);
        List<Term> terms = new ArrayList<>(parts.size());
        for (int i = 0; i < Math.min(from.size(), to.size()); i++) {
            terms.add(range(parts.get(i), from.get(i), to.get(i)));
        }
        return new Term.Concatenation(terms);
    }

    static Term range(Typing typing, Slice lowest, Slice highest) {
        if (lowest.equals(highest)) {
            return typing.value(lowest);
        }
        if (typing.type() == DataType.IFNAME) {
            return name(typing, lowest, highest);
        }
        int bits = typing.type().isAddress() ? Bits.prefixLength(lowest, highest) : -1;
        return bits >= 0
                ? new Term.Prefix(typing.value(lowest), bits)
                : new Term.Range(typing.value(lowest), typing.value(highest));
    }

    /// All names that begin alike.
    private static Term name(Typing typing, Slice lowest, Slice highest) {
        int bits = Bits.prefixLength(lowest, highest);
        int bytes = bits / Byte.SIZE;
        return bits > 0 && bits % Byte.SIZE == 0
                ? typing.value(lowest.part(0, bytes))
                : new Term.Range(typing.value(lowest), typing.value(highest));
    }

    /// The bytes of all parts without what fills them up.
    Slice packed(Slice value) {
        ByteWriter bytes = new ByteWriter();
        pieces(value).forEach(bytes::slice);
        return bytes.toSlice();
    }

    /// The bytes of each part; fewer when the value is too short.
    private List<Slice> pieces(Slice value) {
        List<Slice> pieces = new ArrayList<>(parts.size());
        int at = 0;
        for (Typing part : parts) {
            if (at + part.bytes() > value.length() || part.bytes() <= 0) {
                break;
            }
            pieces.add(value.part(at, part.bytes()));
            at += padded(part.bytes());
        }
        return pieces;
    }
}
