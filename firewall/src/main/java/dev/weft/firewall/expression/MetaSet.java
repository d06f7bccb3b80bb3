package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attributes;

/// Changes something the kernel knows of a packet: its mark, its priority (`NFTA_META_SREG`,
/// `nft_meta.c`).
public record MetaSet(MetaKey key, Register source) implements Expression {
    @Override
    public String name() {
        return "meta";
    }

    @Override
    public Attributes encode() {
        return Attributes.build(
                Meta.TABLE, writer -> writer.put(Meta.KEY, key).put(Meta.SOURCE, source));
    }
}
