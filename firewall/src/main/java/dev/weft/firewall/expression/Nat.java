package dev.weft.firewall.expression;

import dev.weft.firewall.value.Family;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rewrites the source or destination of a connection, from its first packet on (`enum
/// nft_nat_attributes`, `nft_nat.c`).
///
/// @param family [Family#IP] or [Family#IP6]
/// @param addresses null to keep the address
/// @param ports null to keep the port where possible
public record Nat(
        Kind kind,
        Family family,
        @Nullable RegisterRange addresses,
        @Nullable RegisterRange ports,
        Set<NatFlag> flags)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("nat");
    private static final Attribute<Kind> KIND =
            TABLE.add(1, "NFTA_NAT_TYPE", Numbered.codec(Kind.class));
    private static final Attribute<Family> FAMILY =
            TABLE.add(2, "NFTA_NAT_FAMILY", Codecs.BE32.as(Family::of, Family::number));
    private static final Attribute<Register> LOWEST_ADDRESS =
            TABLE.add(3, "NFTA_NAT_REG_ADDR_MIN", Register.CODEC);
    private static final Attribute<Register> HIGHEST_ADDRESS =
            TABLE.add(4, "NFTA_NAT_REG_ADDR_MAX", Register.CODEC);
    private static final Attribute<Register> LOWEST_PORT =
            TABLE.add(5, "NFTA_NAT_REG_PROTO_MIN", Register.CODEC);
    private static final Attribute<Register> HIGHEST_PORT =
            TABLE.add(6, "NFTA_NAT_REG_PROTO_MAX", Register.CODEC);
    private static final Attribute<Set<NatFlag>> FLAGS =
            TABLE.add(7, "NFTA_NAT_FLAGS", Numbered.bits(NatFlag.class));

    /// Which end is rewritten (`enum nft_nat_types`).
    public enum Kind implements Numbered {
        SOURCE(0, "snat"),
        DESTINATION(1, "dnat");

        private final int number;
        private final String keyword;

        Kind(int number, String keyword) {
            this.number = number;
            this.keyword = keyword;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public String toString() {
            return keyword;
        }
    }

    public Nat {
        flags = Set.copyOf(flags);
    }

    static Nat decode(Attributes data) {
        return new Nat(
                Required.of(data, KIND),
                Required.of(data, FAMILY),
                range(data, LOWEST_ADDRESS, HIGHEST_ADDRESS),
                range(data, LOWEST_PORT, HIGHEST_PORT),
                data.orElse(FLAGS, Set.of()));
    }

    /// The registers of two attributes; the second is the first where it is absent.
    static @Nullable RegisterRange range(
            Attributes data, Attribute<Register> lowest, Attribute<Register> highest) {
        Optional<Register> from = data.find(lowest);
        return from.isEmpty()
                ? null
                : new RegisterRange(from.get(), data.orElse(highest, from.get()));
    }

    static void put(
            AttributeWriter writer,
            @Nullable RegisterRange range,
            Attribute<Register> lowest,
            Attribute<Register> highest) {
        if (range != null) {
            writer.put(lowest, range.lowest()).put(highest, range.highest());
        }
    }

    @Override
    public String name() {
        return "nat";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(KIND, kind).put(FAMILY, family);
        put(writer, addresses, LOWEST_ADDRESS, HIGHEST_ADDRESS);
        put(writer, ports, LOWEST_PORT, HIGHEST_PORT);
        Optionally.put(writer, FLAGS, flags);
    }
}
