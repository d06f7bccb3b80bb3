package dev.weft.firewall.expression;

import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;

/// Combines two registers (`NFTA_BITWISE_SREG2`, `nft_bitwise.c`); new in Linux 6.13.
///
/// @param operation [Bitwise.Operation#AND], `OR` or `XOR`
/// @param bytes how long the data of each register are
public record BitwiseRegisters(
        Bitwise.Operation operation,
        Register source,
        Register secondSource,
        Register destination,
        int bytes)
        implements Expression {

    static BitwiseRegisters decode(Bitwise.Operation operation, Attributes data) {
        return new BitwiseRegisters(
                operation,
                Required.of(data, Bitwise.SOURCE),
                Required.of(data, Bitwise.SECOND_SOURCE),
                Required.of(data, Bitwise.DESTINATION),
                Required.of(data, Bitwise.LENGTH));
    }

    @Override
    public String name() {
        return "bitwise";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(Bitwise.SOURCE, source)
                .put(Bitwise.SECOND_SOURCE, secondSource)
                .put(Bitwise.DESTINATION, destination)
                .put(Bitwise.LENGTH, bytes)
                .put(Bitwise.OPERATION, operation);
    }
}
