package dev.weft.firewall.expression;

import dev.weft.firewall.value.Data;
import dev.weft.firewall.value.Datum;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Computes `source & mask ^ xor` (`nft_bitwise.c`).
///
/// @param mask of the same length as `xor`
public record Bitwise(Register source, Register destination, Datum mask, Datum xor)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("bitwise");
    private static final Attribute<Register> SOURCE =
            TABLE.add(1, "NFTA_BITWISE_SREG", Register.CODEC);
    private static final Attribute<Register> DESTINATION =
            TABLE.add(2, "NFTA_BITWISE_DREG", Register.CODEC);
    private static final Attribute<Integer> LENGTH = TABLE.add(3, "NFTA_BITWISE_LEN", Codecs.BE32);
    private static final Attribute<Attributes> MASK =
            TABLE.nest(4, "NFTA_BITWISE_MASK", Data.TABLE);
    private static final Attribute<Attributes> XOR = TABLE.nest(5, "NFTA_BITWISE_XOR", Data.TABLE);
    private static final Attribute<Integer> OPERATION =
            TABLE.add(6, "NFTA_BITWISE_OP", Codecs.BE32);

    /// `NFT_BITWISE_MASK_XOR`; the others shift.
    private static final int MASK_AND_XOR = 0;

    public Bitwise {
        if (mask.bytes().length() != xor.bytes().length()) {
            throw new MalformedMessageException("a mask and what follows it differ in length");
        }
    }

    static Bitwise decode(Attributes data) {
        return new Bitwise(
                Required.of(data, SOURCE),
                Required.of(data, DESTINATION),
                Compare.datum(data, MASK),
                Compare.datum(data, XOR));
    }

    @Override
    public String name() {
        return "bitwise";
    }

    @Override
    public Attributes encode() {
        return Attributes.build(
                TABLE,
                writer ->
                        writer.put(SOURCE, source)
                                .put(DESTINATION, destination)
                                .put(LENGTH, mask.bytes().length())
                                .put(OPERATION, MASK_AND_XOR)
                                .put(MASK, mask.encode())
                                .put(XOR, xor.encode()));
    }
}
