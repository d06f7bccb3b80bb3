package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;

/// Loads something the kernel knows of a packet beside its bytes (`enum nft_meta_attributes`,
/// `nft_meta.c`).
public record Meta(MetaKey key, Register destination) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("meta");
    private static final Attribute<Register> DESTINATION =
            TABLE.add(1, "NFTA_META_DREG", Register.CODEC);
    static final Attribute<MetaKey> KEY =
            TABLE.add(2, "NFTA_META_KEY", Numbered.codec(MetaKey.class));
    static final Attribute<Register> SOURCE = TABLE.add(3, "NFTA_META_SREG", Register.CODEC);

    static Expression decode(Attributes data) {
        MetaKey key = Required.of(data, KEY);
        return data.has(SOURCE)
                ? new MetaSet(key, Required.of(data, SOURCE))
                : new Meta(key, Required.of(data, DESTINATION));
    }

    @Override
    public String name() {
        return "meta";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(KEY, key).put(DESTINATION, destination);
    }
}
