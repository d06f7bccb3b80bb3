package dev.weft.firewall.expression;

import dev.weft.firewall.value.Family;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import org.jspecify.annotations.Nullable;

/// Gives the packet to a socket of this machine without changing it (`enum nft_tproxy_attributes`,
/// `nft_tproxy.c`).
///
/// @param family of the address; null for both, in a table of both
/// @param address of the socket; null for an address of the interface that the packet came in by
/// @param port of the socket; null for the packet's own
public record TransparentProxy(
        @Nullable Family family, @Nullable Register address, @Nullable Register port)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("tproxy");

    /// `NFPROTO_*`; 0 for any.
    private static final Attribute<Integer> FAMILY =
            TABLE.add(1, "NFTA_TPROXY_FAMILY", Codecs.BE32);

    private static final Attribute<Register> ADDRESS =
            TABLE.add(2, "NFTA_TPROXY_REG_ADDR", Register.CODEC);
    private static final Attribute<Register> PORT =
            TABLE.add(3, "NFTA_TPROXY_REG_PORT", Register.CODEC);

    static TransparentProxy decode(Attributes data) {
        int family = Required.of(data, FAMILY);
        return new TransparentProxy(
                family == 0 ? null : Family.of(family),
                Optionally.of(data, ADDRESS),
                Optionally.of(data, PORT));
    }

    @Override
    public String name() {
        return "tproxy";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(FAMILY, family == null ? 0 : family.number());
        Optionally.put(writer, ADDRESS, address);
        Optionally.put(writer, PORT, port);
    }
}
