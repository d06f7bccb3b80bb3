package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Remembers when a packet got here for the last time (`enum nft_last_attributes`, `nft_last.c`).
///
/// @param used whether one ever did
/// @param agoMillis how long ago; 0 when none did
public record Last(boolean used, long agoMillis) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("last");
    private static final Attribute<Integer> SET = TABLE.add(1, "NFTA_LAST_SET", Codecs.BE32);
    private static final Attribute<Long> AGO = TABLE.add(2, "NFTA_LAST_MSECS", Codecs.BE64);

    static Last decode(Attributes data) {
        return new Last(data.orElse(SET, 0) == 1, data.orElse(AGO, 0L));
    }

    @Override
    public String name() {
        return "last";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(SET, used ? 1 : 0).put(AGO, agoMillis);
    }
}
