package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attributes;

/// Changes something that connection tracking keeps: a connection's mark.
public record CtSet(CtKey key, Register source) implements Expression {
    @Override
    public String name() {
        return "ct";
    }

    @Override
    public Attributes encode() {
        return Attributes.build(Ct.TABLE, writer -> writer.put(Ct.KEY, key).put(Ct.SOURCE, source));
    }
}
