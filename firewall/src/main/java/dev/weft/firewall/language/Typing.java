package dev.weft.firewall.language;

import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.linux.netlink.Slice;

/// How bytes of a register or of a set's key are to be understood.
///
/// @param type of the values
/// @param bytes that the data occupy
/// @param machineOrder whether numbers stand in the machine's order
/// @param lengthBits of a field that is a part of the bytes; 0 when it is all of them
/// @param shiftBits behind such a field
record Typing(DataType type, int bytes, boolean machineOrder, int lengthBits, int shiftBits) {

    static Typing of(DataType type, int bytes, boolean machineOrder) {
        return new Typing(type, bytes, machineOrder, 0, 0);
    }

    /// The type as it is kept where nothing else is said.
    static Typing of(DataType type, int bytes) {
        return of(type, bytes, type.order() == DataType.Order.MACHINE);
    }

    Typing turned() {
        return new Typing(type, bytes, !machineOrder, lengthBits, shiftBits);
    }

    /// A constant as a value of the type.
    Term.Value value(Slice data) {
        if (type == DataType.BOOLEAN && lengthBits == 0) {
            return new Term.Value(type, Datum.u8(Bits.isZero(data) ? 0 : 1));
        }
        Slice value = data;
        if (lengthBits != 0) {
            Slice down = Bits.shiftRight(value, shiftBits);
            int length = Math.min((lengthBits + Byte.SIZE - 1) / Byte.SIZE, down.length());
            value = down.from(down.length() - length);
        }
        boolean asMachine = type.order() == DataType.Order.MACHINE;
        if (machineOrder != asMachine && !isText()) {
            value = Bits.turned(value);
        }
        return new Term.Value(type, new Datum(value));
    }

    /// Whether values are text, which is never turned round.
    boolean isText() {
        return type == DataType.IFNAME || type == DataType.STRING;
    }

    /// Whether values are made of bits with names.
    boolean isBits() {
        return switch (type) {
            case TCP_FLAG, CT_STATE, CT_STATUS, CT_LABEL, CT_EVENT -> true;
            default -> false;
        };
    }

    /// A constant that may stand for all addresses or names that begin with it.
    Term constant(Slice data) {
        return type.isAddress() && data.length() < bytes
                ? new Term.Prefix(value(Bits.padded(data, bytes)), data.length() * Byte.SIZE)
                : value(data);
    }
}
