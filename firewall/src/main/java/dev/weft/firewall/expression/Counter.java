package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Counts what passes (`enum nft_counter_attributes`, `nft_counter.c`).
public record Counter(long packets, long bytes) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("counter");
    private static final Attribute<Long> BYTES = TABLE.add(1, "NFTA_COUNTER_BYTES", Codecs.BE64);
    private static final Attribute<Long> PACKETS =
            TABLE.add(2, "NFTA_COUNTER_PACKETS", Codecs.BE64);

    static Counter decode(Attributes data) {
        return new Counter(Required.of(data, PACKETS), Required.of(data, BYTES));
    }

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(BYTES, bytes).put(PACKETS, packets);
    }
}
