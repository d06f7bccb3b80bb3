package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import org.jspecify.annotations.Nullable;

/// Goes on only when a set contains the key, or does not (`enum nft_lookup_attributes`,
/// `nft_lookup.c`).
///
/// @param setId the number that the same batch gave a set without name of its own; null for others
/// @param key the first of the registers that the key fills
public record Lookup(String set, @Nullable Integer setId, Register key, boolean inverted)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("lookup");
    static final Attribute<String> SET = TABLE.add(1, "NFTA_LOOKUP_SET", Codecs.STRING);
    static final Attribute<Register> SOURCE = TABLE.add(2, "NFTA_LOOKUP_SREG", Register.CODEC);
    static final Attribute<Register> DESTINATION = TABLE.add(3, "NFTA_LOOKUP_DREG", Register.CODEC);
    static final Attribute<Integer> SET_ID = TABLE.add(4, "NFTA_LOOKUP_SET_ID", Codecs.BE32);

    /// `NFT_LOOKUP_F_INV` is 1.
    static final Attribute<Integer> FLAGS = TABLE.add(5, "NFTA_LOOKUP_FLAGS", Codecs.BE32);

    private static final int INVERTED = 1;

    /// Looks into a set that has a name.
    public Lookup(String set, Register key, boolean inverted) {
        this(set, null, key, inverted);
    }

    static Expression decode(Attributes data) {
        String set = Required.of(data, SET);
        Integer setId = Optionally.of(data, SET_ID);
        Register key = Required.of(data, SOURCE);
        return data.has(DESTINATION)
                ? new MapLookup(set, setId, key, Required.of(data, DESTINATION))
                : new Lookup(set, setId, key, data.orElse(FLAGS, 0) == INVERTED);
    }

    @Override
    public String name() {
        return "lookup";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(SET, set).put(SOURCE, key).put(FLAGS, inverted ? INVERTED : 0);
        Optionally.put(writer, SET_ID, setId);
    }
}
