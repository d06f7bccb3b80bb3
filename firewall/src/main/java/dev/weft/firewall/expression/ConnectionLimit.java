package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Goes on only while the packet's key has at most some connections, or, inverted, only above that
/// (`enum nft_connlimit_attributes`, `nft_connlimit.c`).
public record ConnectionLimit(int connections, boolean inverted) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("connlimit");
    private static final Attribute<Integer> COUNT =
            TABLE.add(1, "NFTA_CONNLIMIT_COUNT", Codecs.BE32);

    /// `NFT_CONNLIMIT_F_INV` is 1.
    private static final Attribute<Integer> FLAGS =
            TABLE.add(2, "NFTA_CONNLIMIT_FLAGS", Codecs.BE32);

    static ConnectionLimit decode(Attributes data) {
        return new ConnectionLimit(Required.of(data, COUNT), data.orElse(FLAGS, 0) == 1);
    }

    @Override
    public String name() {
        return "connlimit";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(COUNT, connections);
        Optionally.put(writer, FLAGS, inverted ? 1 : null);
    }
}
