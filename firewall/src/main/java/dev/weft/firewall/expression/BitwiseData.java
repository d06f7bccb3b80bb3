package dev.weft.firewall.expression;

import dev.weft.firewall.value.Datum;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;

/// Shifts a register, or combines it with a value (`nft_bitwise.c`).
///
/// @param operation not [Bitwise.Operation#MASK_AND_XOR]
/// @param bytes how long the register's data are
/// @param value how many bits to shift, 32 bits in the machine's order; or the other operand
public record BitwiseData(
        Bitwise.Operation operation, Register source, Register destination, int bytes, Datum value)
        implements Expression {

    static BitwiseData decode(Bitwise.Operation operation, Attributes data) {
        return new BitwiseData(
                operation,
                Required.of(data, Bitwise.SOURCE),
                Required.of(data, Bitwise.DESTINATION),
                Required.of(data, Bitwise.LENGTH),
                Compare.datum(data, Bitwise.DATA));
    }

    @Override
    public String name() {
        return "bitwise";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(Bitwise.SOURCE, source)
                .put(Bitwise.DESTINATION, destination)
                .put(Bitwise.LENGTH, bytes)
                .put(Bitwise.OPERATION, operation)
                .nest(Bitwise.DATA, value::write);
    }
}
