package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rewrites the destination to the machine itself (`enum nft_redir_attributes`, `nft_redir.c`).
///
/// @param ports null to keep the port where possible
public record Redirect(@Nullable RegisterRange ports, Set<NatFlag> flags) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("redir");
    private static final Attribute<Set<NatFlag>> FLAGS =
            TABLE.add(3, "NFTA_REDIR_FLAGS", Numbered.bits(NatFlag.class));
    private static final Attribute<Register> LOWEST_PORT =
            TABLE.add(1, "NFTA_REDIR_REG_PROTO_MIN", Register.CODEC);
    private static final Attribute<Register> HIGHEST_PORT =
            TABLE.add(2, "NFTA_REDIR_REG_PROTO_MAX", Register.CODEC);

    public Redirect {
        flags = Set.copyOf(flags);
    }

    static Redirect decode(Attributes data) {
        return new Redirect(
                Nat.range(data, LOWEST_PORT, HIGHEST_PORT), data.orElse(FLAGS, Set.of()));
    }

    @Override
    public String name() {
        return "redir";
    }

    @Override
    public void write(AttributeWriter writer) {
        Optionally.put(writer, FLAGS, flags);
        Nat.put(writer, ports, LOWEST_PORT, HIGHEST_PORT);
    }
}
