package dev.weft.firewall.expression;

import dev.weft.firewall.value.Family;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import org.jspecify.annotations.Nullable;

/// Sends the packet out of another interface, and ends its way here (`enum nft_fwd_attributes`,
/// `nft_fwd_netdev.c`).
///
/// @param device the interface's index
/// @param address of the neighbour that gets it; null to send the frame as it is
/// @param family of the address; null without one
public record Forward(Register device, @Nullable Register address, @Nullable Family family)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("fwd");
    private static final Attribute<Register> DEVICE =
            TABLE.add(1, "NFTA_FWD_SREG_DEV", Register.CODEC);
    private static final Attribute<Register> ADDRESS =
            TABLE.add(2, "NFTA_FWD_SREG_ADDR", Register.CODEC);
    private static final Attribute<Family> FAMILY =
            TABLE.add(3, "NFTA_FWD_NFPROTO", Codecs.BE32.as(Family::of, Family::number));

    static Forward decode(Attributes data) {
        return new Forward(
                Required.of(data, DEVICE),
                Optionally.of(data, ADDRESS),
                Optionally.of(data, FAMILY));
    }

    @Override
    public String name() {
        return "fwd";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(DEVICE, device);
        Optionally.put(writer, ADDRESS, address);
        Optionally.put(writer, FAMILY, family);
    }
}
