package dev.weft.firewall.expression;

import dev.weft.linux.netlink.AttributeWriter;

/// Changes something the kernel knows of a packet: its mark, its priority (`NFTA_META_SREG`,
/// `nft_meta.c`).
public record MetaSet(MetaKey key, Register source) implements Expression {
    @Override
    public String name() {
        return "meta";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(Meta.KEY, key).put(Meta.SOURCE, source);
    }
}
