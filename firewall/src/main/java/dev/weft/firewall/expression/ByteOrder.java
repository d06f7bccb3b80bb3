package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Turns the bytes of each number in a register round (`enum nft_byteorder_attributes`,
/// `nft_byteorder.c`).
///
/// @param bytes how long the data are
/// @param numberBytes how long one number is: 2, 4 or 8
public record ByteOrder(
        Conversion conversion, Register source, Register destination, int bytes, int numberBytes)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("byteorder");
    private static final Attribute<Register> SOURCE =
            TABLE.add(1, "NFTA_BYTEORDER_SREG", Register.CODEC);
    private static final Attribute<Register> DESTINATION =
            TABLE.add(2, "NFTA_BYTEORDER_DREG", Register.CODEC);
    private static final Attribute<Conversion> CONVERSION =
            TABLE.add(3, "NFTA_BYTEORDER_OP", Numbered.codec(Conversion.class));
    private static final Attribute<Integer> LENGTH =
            TABLE.add(4, "NFTA_BYTEORDER_LEN", Codecs.BE32);
    private static final Attribute<Integer> SIZE = TABLE.add(5, "NFTA_BYTEORDER_SIZE", Codecs.BE32);

    /// From which order to which (`enum nft_byteorder_ops`).
    public enum Conversion implements Numbered {
        TO_HOST(0, "ntoh"),
        TO_NETWORK(1, "hton");

        private final int number;
        private final String keyword;

        Conversion(int number, String keyword) {
            this.number = number;
            this.keyword = keyword;
        }

        @Override
        public int number() {
            return number;
        }

        /// As `nft --debug=netlink` writes it.
        @Override
        public String toString() {
            return keyword;
        }
    }

    static ByteOrder decode(Attributes data) {
        return new ByteOrder(
                Required.of(data, CONVERSION),
                Required.of(data, SOURCE),
                Required.of(data, DESTINATION),
                Required.of(data, LENGTH),
                Required.of(data, SIZE));
    }

    @Override
    public String name() {
        return "byteorder";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(SOURCE, source)
                .put(DESTINATION, destination)
                .put(CONVERSION, conversion)
                .put(LENGTH, bytes)
                .put(SIZE, numberBytes);
    }
}
