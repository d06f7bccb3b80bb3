package dev.weft.firewall.expression;

import dev.weft.firewall.value.Data;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;

/// Puts data into a register, or, into [Register#VERDICT], decides (`enum
/// nft_immediate_attributes`, `nft_immediate.c`).
public record Immediate(Register destination, Data data) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("immediate");
    private static final Attribute<Register> DESTINATION =
            TABLE.add(1, "NFTA_IMMEDIATE_DREG", Register.CODEC);
    private static final Attribute<Attributes> DATA =
            TABLE.nest(2, "NFTA_IMMEDIATE_DATA", Data.TABLE);

    static Immediate decode(Attributes data) {
        return new Immediate(Required.of(data, DESTINATION), Data.decode(Required.of(data, DATA)));
    }

    @Override
    public String name() {
        return "immediate";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(DESTINATION, destination).nest(DATA, data::write);
    }
}
