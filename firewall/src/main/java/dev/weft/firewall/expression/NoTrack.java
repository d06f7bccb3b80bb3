package dev.weft.firewall.expression;

import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;

/// Keeps the packet away from connection tracking (`nft_notrack`).
public record NoTrack() implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("notrack");

    static NoTrack decode(Attributes data) {
        return new NoTrack();
    }

    @Override
    public String name() {
        return "notrack";
    }

    @Override
    public void write(AttributeWriter writer) {}
}
