package dev.weft.firewall.expression;

import dev.weft.firewall.value.Data;
import dev.weft.firewall.value.Datum;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;

/// Goes on only when a register lies between two values, or does not (`enum nft_range_attributes`,
/// `nft_range.c`).
///
/// @param lowest of those that match
/// @param highest of those that match
public record Range(boolean inverted, Register source, Datum lowest, Datum highest)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("range");
    private static final Attribute<Register> SOURCE =
            TABLE.add(1, "NFTA_RANGE_SREG", Register.CODEC);
    private static final Attribute<Compare.Operator> OPERATOR =
            TABLE.add(2, "NFTA_RANGE_OP", Numbered.codec(Compare.Operator.class));
    private static final Attribute<Attributes> LOWEST =
            TABLE.nest(3, "NFTA_RANGE_FROM_DATA", Data.TABLE);
    private static final Attribute<Attributes> HIGHEST =
            TABLE.nest(4, "NFTA_RANGE_TO_DATA", Data.TABLE);

    static Range decode(Attributes data) {
        return new Range(
                Required.of(data, OPERATOR) == Compare.Operator.NOT_EQUAL,
                Required.of(data, SOURCE),
                Compare.datum(data, LOWEST),
                Compare.datum(data, HIGHEST));
    }

    @Override
    public String name() {
        return "range";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(SOURCE, source)
                .put(OPERATOR, inverted ? Compare.Operator.NOT_EQUAL : Compare.Operator.EQUAL)
                .nest(LOWEST, lowest::write)
                .nest(HIGHEST, highest::write);
    }
}
