package dev.weft.firewall.expression;

import dev.weft.firewall.value.Data;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;

/// Goes on only when a register compares with a value as asked (`enum nft_cmp_attributes`,
/// `nft_cmp.c`). The comparison is of bytes, so an order has a meaning for data in network order
/// alone.
public record Compare(Operator operator, Register source, Datum value) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("cmp");
    private static final Attribute<Register> SOURCE = TABLE.add(1, "NFTA_CMP_SREG", Register.CODEC);
    private static final Attribute<Operator> OPERATOR =
            TABLE.add(2, "NFTA_CMP_OP", Numbered.codec(Operator.class));
    private static final Attribute<Attributes> VALUE = TABLE.nest(3, "NFTA_CMP_DATA", Data.TABLE);

    /// How two values are compared (`enum nft_cmp_ops`).
    public enum Operator implements Numbered {
        EQUAL(0, ""),
        NOT_EQUAL(1, "!= "),
        LESS(2, "< "),
        AT_MOST(3, "<= "),
        GREATER(4, "> "),
        AT_LEAST(5, ">= ");

        private final int number;
        private final String keyword;

        Operator(int number, String keyword) {
            this.number = number;
            this.keyword = keyword;
        }

        @Override
        public int number() {
            return number;
        }

        /// As `nft` writes it before the value.
        @Override
        public String toString() {
            return keyword;
        }
    }

    static Compare decode(Attributes data) {
        return new Compare(
                Required.of(data, OPERATOR), Required.of(data, SOURCE), datum(data, VALUE));
    }

    /// Bytes that an attribute holds.
    static Datum datum(Attributes data, Attribute<Attributes> attribute) {
        return switch (Data.decode(Required.of(data, attribute))) {
            case Datum datum -> datum;
            case Verdict verdict ->
                    throw new MalformedMessageException(attribute.name() + " is " + verdict);
        };
    }

    @Override
    public String name() {
        return "cmp";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(SOURCE, source).put(OPERATOR, operator).nest(VALUE, value::write);
    }
}
