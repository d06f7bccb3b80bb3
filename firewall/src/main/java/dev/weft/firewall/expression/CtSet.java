package dev.weft.firewall.expression;

import dev.weft.linux.netlink.AttributeWriter;
import org.jspecify.annotations.Nullable;

/// Changes something that connection tracking keeps (`enum nft_ct_attributes`, `nft_ct.c`): a
/// connection's mark, labels, security mark or events, or the zone it is looked for in.
///
/// @param direction which packets a zone is for; null for all, and for other keys
public record CtSet(CtKey key, Ct.@Nullable Direction direction, Register source)
        implements Expression {
    /// Changes what belongs to the connection as a whole.
    public CtSet(CtKey key, Register source) {
        this(key, null, source);
    }

    @Override
    public String name() {
        return "ct";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(Ct.KEY, key).put(Ct.SOURCE, source);
        Optionally.put(writer, Ct.DIRECTION, direction);
    }
}
