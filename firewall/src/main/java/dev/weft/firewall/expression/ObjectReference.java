package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Applies a named object of the table: a counter, a quota, a limit (`nft_objref.c`).
///
/// @param type `NFT_OBJECT_*`: 1 counter, 2 quota, 4 limit
public record ObjectReference(int type, String object) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("objref");
    private static final Attribute<Integer> TYPE =
            TABLE.add(1, "NFTA_OBJREF_IMM_TYPE", Codecs.BE32);
    private static final Attribute<String> NAME =
            TABLE.add(2, "NFTA_OBJREF_IMM_NAME", Codecs.STRING);

    static ObjectReference decode(Attributes data) {
        return new ObjectReference(Required.of(data, TYPE), Required.of(data, NAME));
    }

    @Override
    public String name() {
        return "objref";
    }

    @Override
    public Attributes encode() {
        return Attributes.build(TABLE, writer -> writer.put(TYPE, type).put(NAME, object));
    }
}
