package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Goes on only when a set contains the key, or does not (`nft_lookup.c`).
///
/// @param key the first of the registers that the key fills
public record Lookup(String set, Register key, boolean inverted) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("lookup");
    static final Attribute<String> SET = TABLE.add(1, "NFTA_LOOKUP_SET", Codecs.STRING);
    static final Attribute<Register> SOURCE = TABLE.add(2, "NFTA_LOOKUP_SREG", Register.CODEC);
    static final Attribute<Register> DESTINATION = TABLE.add(3, "NFTA_LOOKUP_DREG", Register.CODEC);
    static final Attribute<Integer> FLAGS = TABLE.add(5, "NFTA_LOOKUP_FLAGS", Codecs.BE32);

    private static final int INVERTED = 1;

    static Expression decode(Attributes data) {
        String set = Required.of(data, SET);
        Register key = Required.of(data, SOURCE);
        return data.has(DESTINATION)
                ? new MapLookup(set, key, Required.of(data, DESTINATION))
                : new Lookup(set, key, data.orElse(FLAGS, 0) == INVERTED);
    }

    @Override
    public String name() {
        return "lookup";
    }

    @Override
    public Attributes encode() {
        return Attributes.build(
                TABLE,
                writer ->
                        writer.put(SET, set).put(SOURCE, key).put(FLAGS, inverted ? INVERTED : 0));
    }
}
