package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import org.jspecify.annotations.Nullable;

/// Sends a copy of the packet elsewhere (`enum nft_dup_attributes`; `nft_dup_ipv4.c`,
/// `nft_dup_ipv6.c`, `nft_dup_netdev.c`).
///
/// @param address of the host that gets it; null in tables of devices
/// @param device the index of the interface that it leaves by; null to leave that to routing
public record Duplicate(@Nullable Register address, @Nullable Register device)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("dup");
    private static final Attribute<Register> ADDRESS =
            TABLE.add(1, "NFTA_DUP_SREG_ADDR", Register.CODEC);
    private static final Attribute<Register> DEVICE =
            TABLE.add(2, "NFTA_DUP_SREG_DEV", Register.CODEC);

    static Duplicate decode(Attributes data) {
        return new Duplicate(Optionally.of(data, ADDRESS), Optionally.of(data, DEVICE));
    }

    @Override
    public String name() {
        return "dup";
    }

    @Override
    public void write(AttributeWriter writer) {
        Optionally.put(writer, ADDRESS, address);
        Optionally.put(writer, DEVICE, device);
    }
}
