package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rewrites the source to the address of the interface that the packet leaves by (`enum
/// nft_masq_attributes`, `nft_masq.c`).
///
/// @param ports null to keep the port where possible
public record Masquerade(@Nullable RegisterRange ports, Set<NatFlag> flags) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("masq");
    private static final Attribute<Set<NatFlag>> FLAGS =
            TABLE.add(1, "NFTA_MASQ_FLAGS", Numbered.bits(NatFlag.class));
    private static final Attribute<Register> LOWEST_PORT =
            TABLE.add(2, "NFTA_MASQ_REG_PROTO_MIN", Register.CODEC);
    private static final Attribute<Register> HIGHEST_PORT =
            TABLE.add(3, "NFTA_MASQ_REG_PROTO_MAX", Register.CODEC);

    public Masquerade {
        flags = Set.copyOf(flags);
    }

    static Masquerade decode(Attributes data) {
        return new Masquerade(
                Nat.range(data, LOWEST_PORT, HIGHEST_PORT), data.orElse(FLAGS, Set.of()));
    }

    @Override
    public String name() {
        return "masq";
    }

    @Override
    public void write(AttributeWriter writer) {
        Optionally.put(writer, FLAGS, flags);
        Nat.put(writer, ports, LOWEST_PORT, HIGHEST_PORT);
    }
}
