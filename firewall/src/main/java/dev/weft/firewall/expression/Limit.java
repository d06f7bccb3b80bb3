package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Goes on only as often as a rate allows, or, inverted, only when the rate is exceeded (`enum
/// nft_limit_attributes`, `nft_limit.c`).
///
/// @param rate packets or bytes in each unit of time
/// @param unitSeconds 1, 60, 3,600, 86,400 or 604,800
/// @param burst how much more at once
/// @param ofBytes whether bytes are counted, not packets
public record Limit(long rate, long unitSeconds, int burst, boolean ofBytes, boolean inverted)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("limit");
    private static final Attribute<Long> RATE = TABLE.add(1, "NFTA_LIMIT_RATE", Codecs.BE64);
    private static final Attribute<Long> UNIT = TABLE.add(2, "NFTA_LIMIT_UNIT", Codecs.BE64);
    private static final Attribute<Integer> BURST = TABLE.add(3, "NFTA_LIMIT_BURST", Codecs.BE32);
    private static final Attribute<Integer> TYPE = TABLE.add(4, "NFTA_LIMIT_TYPE", Codecs.BE32);
    private static final Attribute<Integer> FLAGS = TABLE.add(5, "NFTA_LIMIT_FLAGS", Codecs.BE32);

    static Limit decode(Attributes data) {
        return new Limit(
                Required.of(data, RATE),
                Required.of(data, UNIT),
                data.orElse(BURST, 0),
                data.orElse(TYPE, 0) == 1,
                data.orElse(FLAGS, 0) == 1);
    }

    @Override
    public String name() {
        return "limit";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(RATE, rate)
                .put(UNIT, unitSeconds)
                .put(BURST, burst)
                .put(TYPE, ofBytes ? 1 : 0)
                .put(FLAGS, inverted ? 1 : 0);
    }
}
