package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;

/// Loads something that connection tracking knows (`nft_ct.c`).
public record Ct(CtKey key, Register destination) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("ct");
    private static final Attribute<Register> DESTINATION =
            TABLE.add(1, "NFTA_CT_DREG", Register.CODEC);
    static final Attribute<CtKey> KEY = TABLE.add(2, "NFTA_CT_KEY", Numbered.codec(CtKey.class));
    static final Attribute<Register> SOURCE = TABLE.add(4, "NFTA_CT_SREG", Register.CODEC);

    static Expression decode(Attributes data) {
        CtKey key = Required.of(data, KEY);
        return data.has(SOURCE)
                ? new CtSet(key, Required.of(data, SOURCE))
                : new Ct(key, Required.of(data, DESTINATION));
    }

    @Override
    public String name() {
        return "ct";
    }

    @Override
    public Attributes encode() {
        return Attributes.build(
                TABLE, writer -> writer.put(KEY, key).put(DESTINATION, destination));
    }
}
