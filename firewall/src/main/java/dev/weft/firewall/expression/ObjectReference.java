package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Applies a named object of the table: a counter, a quota, a limit (`enum nft_objref_attributes`,
/// `nft_objref.c`).
///
/// @param type `NFT_OBJECT_*`: 1 counter, 2 quota, 3 connection tracking helper, 4 limit, 5
///   connection limit, 6 tunnel, 7 connection timeout, 8 security mark, 9 expectation, 10 SYN proxy
public record ObjectReference(int type, String object) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("objref");
    private static final Attribute<Integer> TYPE =
            TABLE.add(1, "NFTA_OBJREF_IMM_TYPE", Codecs.BE32);
    private static final Attribute<String> NAME =
            TABLE.add(2, "NFTA_OBJREF_IMM_NAME", Codecs.STRING);
    static final Attribute<Register> KEY = TABLE.add(3, "NFTA_OBJREF_SET_SREG", Register.CODEC);
    static final Attribute<String> MAP = TABLE.add(4, "NFTA_OBJREF_SET_NAME", Codecs.STRING);
    static final Attribute<Integer> MAP_ID = TABLE.add(5, "NFTA_OBJREF_SET_ID", Codecs.BE32);

    static Expression decode(Attributes data) {
        return data.has(KEY)
                ? new ObjectMapReference(
                        Required.of(data, MAP), Optionally.of(data, MAP_ID), Required.of(data, KEY))
                : new ObjectReference(Required.of(data, TYPE), Required.of(data, NAME));
    }

    @Override
    public String name() {
        return "objref";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(TYPE, type).put(NAME, object);
    }
}
