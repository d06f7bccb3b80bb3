package dev.weft.firewall.expression;

import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.DatumText;
import dev.weft.linux.netlink.Slice;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a register holds, as a person would write it, while a rule is read from its start.
///
/// @param text `ip saddr`, or the value itself
/// @param type of the value; null when Weft knows none
/// @param bytes how long it is
/// @param mask what was cut out of it; null when it is whole
/// @param value when it is one that the rule itself brings along; else null
record Operand(
        String text,
        @Nullable DataType type,
        int bytes,
        @Nullable Datum mask,
        @Nullable Datum value) {

    static Operand of(Selector selector) {
        DataType type = selector.type();
        return new Operand(selector.toString(), type, type.bytes(), null, null);
    }

    static Operand of(Datum value) {
        return new Operand(value.toString(), null, value.bytes().length(), null, value);
    }

    static Operand untyped(String text, int bytes) {
        return new Operand(text, null, bytes, null, null);
    }

    /// The operand where a type is wanted, which tells how to write a value.
    String as(DataType wanted) {
        Datum own = value;
        return own == null ? expressed() : DatumText.of(wanted, own);
    }

    /// How many words of registers it fills.
    int words() {
        return (bytes + 3) / Integer.BYTES;
    }

    /// The operand after a bitwise operation.
    Operand masked(Datum by, Datum xor) {
        if (isZero(xor)) {
            return mask == null
                    ? new Operand(text, type, bytes, by, null)
                    : combined(" & " + print(by));
        }
        return onlySets(by, xor)
                ? combined(" | " + print(xor))
                : combined(" & " + print(by) + " ^ " + print(xor));
    }

    private Operand combined(String operation) {
        return new Operand(expressed() + operation, type, bytes, null, null);
    }

    /// The operand itself, with its mask.
    String expressed() {
        Datum by = mask;
        return by == null ? text : text + " & " + print(by);
    }

    /// A comparison with it.
    String compared(Compare.Operator operator, Datum value) {
        Datum by = mask;
        if (by == null) {
            return text + " " + operator + shortened(value);
        }
        if (type == DataType.CT_STATE && isZero(value) && operator == Compare.Operator.NOT_EQUAL) {
            return text + " " + print(by);
        }
        Optional<Integer> prefix = prefixBits(by);
        if (prefix.isPresent() && isAddress()) {
            return text + " " + operator + print(value) + "/" + prefix.get();
        }
        String always = operator == Compare.Operator.EQUAL ? "== " : operator.toString();
        return expressed() + " " + always + print(value);
    }

    /// A value that is shorter than the operand: the first bytes of an address or of a name.
    private String shortened(Datum value) {
        int length = value.bytes().length();
        if (length >= bytes || type == null) {
            return print(value);
        }
        if (type == DataType.IFNAME) {
            return '"' + value.bytes().string() + "*\"";
        }
        byte[] whole = Arrays.copyOf(value.bytes().bytes(), bytes);
        return isAddress() ? print(Datum.of(whole)) + "/" + length * Byte.SIZE : value.toString();
    }

    private boolean isAddress() {
        return type != null && type.isAddress();
    }

    String print(Datum value) {
        return type == null ? value.toString() : DatumText.of(type, value);
    }

    private static boolean isZero(Datum value) {
        for (byte one : value.bytes().bytes()) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    /// Whether `value & mask ^ xor` is `value | xor`.
    private static boolean onlySets(Datum mask, Datum xor) {
        Slice kept = mask.bytes();
        for (int i = 0; i < kept.length(); i++) {
            if ((kept.u8(i) ^ 0xff) != xor.bytes().u8(i)) {
                return false;
            }
        }
        return true;
    }

    /// How many bits a mask has, when they are all at its start.
    private static Optional<Integer> prefixBits(Datum mask) {
        Slice bytes = mask.bytes();
        int bits = 0;
        while (bits < bytes.length() * Byte.SIZE && bit(bytes, bits)) {
            bits++;
        }
        for (int rest = bits; rest < bytes.length() * Byte.SIZE; rest++) {
            if (bit(bytes, rest)) {
                return Optional.empty();
            }
        }
        return Optional.of(bits);
    }

    private static boolean bit(Slice bytes, int index) {
        return (bytes.u8(index / Byte.SIZE) & 0x80 >> index % Byte.SIZE) != 0;
    }
}
