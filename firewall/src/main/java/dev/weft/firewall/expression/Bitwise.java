package dev.weft.firewall.expression;

import dev.weft.firewall.value.Data;
import dev.weft.firewall.value.Datum;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Computes `source & mask ^ xor` (`NFT_BITWISE_MASK_XOR` of `enum nft_bitwise_attributes`,
/// `nft_bitwise.c`).
///
/// @param mask of the same length as `xor`
public record Bitwise(Register source, Register destination, Datum mask, Datum xor)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("bitwise");
    static final Attribute<Register> SOURCE = TABLE.add(1, "NFTA_BITWISE_SREG", Register.CODEC);
    static final Attribute<Register> DESTINATION =
            TABLE.add(2, "NFTA_BITWISE_DREG", Register.CODEC);
    static final Attribute<Integer> LENGTH = TABLE.add(3, "NFTA_BITWISE_LEN", Codecs.BE32);
    private static final Attribute<Attributes> MASK =
            TABLE.nest(4, "NFTA_BITWISE_MASK", Data.TABLE);
    private static final Attribute<Attributes> XOR = TABLE.nest(5, "NFTA_BITWISE_XOR", Data.TABLE);
    static final Attribute<Operation> OPERATION =
            TABLE.add(6, "NFTA_BITWISE_OP", Numbered.codec(Operation.class));
    static final Attribute<Attributes> DATA = TABLE.nest(7, "NFTA_BITWISE_DATA", Data.TABLE);
    static final Attribute<Register> SECOND_SOURCE =
            TABLE.add(8, "NFTA_BITWISE_SREG2", Register.CODEC);

    /// What is computed (`enum nft_bitwise_ops`). Shifts see the register as one number in network
    /// order; all after them are new in Linux 6.13.
    public enum Operation implements Numbered {
        MASK_AND_XOR(0, "& ^"),
        SHIFT_LEFT(1, "<<"),
        SHIFT_RIGHT(2, ">>"),
        AND(3, "&"),
        OR(4, "|"),
        XOR(5, "^");

        private final int number;
        private final String keyword;

        Operation(int number, String keyword) {
            this.number = number;
            this.keyword = keyword;
        }

        @Override
        public int number() {
            return number;
        }

        /// As `nft` writes it between the operands.
        @Override
        public String toString() {
            return keyword;
        }
    }

    public Bitwise {
        if (mask.bytes().length() != xor.bytes().length()) {
            throw new MalformedMessageException("a mask and what follows it differ in length");
        }
    }

    static Expression decode(Attributes data) {
        Operation operation = data.orElse(OPERATION, Operation.MASK_AND_XOR);
        if (operation != Operation.MASK_AND_XOR) {
            return data.has(SECOND_SOURCE)
                    ? BitwiseRegisters.decode(operation, data)
                    : BitwiseData.decode(operation, data);
        }
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
    public void write(AttributeWriter writer) {
        writer.put(SOURCE, source)
                .put(DESTINATION, destination)
                .put(LENGTH, mask.bytes().length())
                .put(OPERATION, Operation.MASK_AND_XOR)
                .nest(MASK, mask::write)
                .nest(XOR, xor::write);
    }
}
