package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.util.Set;

/// Has an expression look at the packet inside a tunnel's packet (`enum nft_inner_attributes`,
/// `nft_inner.c`); new in Linux 6.2.
///
/// @param level which packet inside; the kernel takes 0, the first
/// @param type of the tunnel (`enum nft_inner_type`): 1 VXLAN, 2 Geneve; 0 for one that has no
///   options
/// @param flags what the tunnel's packets have
/// @param headerBytes how long the tunnel's own header is
/// @param expression [Payload] or [Meta], the kinds that the kernel takes
public record Inner(int level, int type, Set<Flag> flags, int headerBytes, Expression expression)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("inner");
    private static final Attribute<Integer> LEVEL = TABLE.add(1, "NFTA_INNER_NUM", Codecs.BE32);
    private static final Attribute<Integer> TYPE = TABLE.add(2, "NFTA_INNER_TYPE", Codecs.BE32);
    private static final Attribute<Set<Flag>> FLAGS =
            TABLE.add(3, "NFTA_INNER_FLAGS", Numbered.bits(Flag.class));
    private static final Attribute<Integer> HEADER_SIZE =
            TABLE.add(4, "NFTA_INNER_HDRSIZE", Codecs.BE32);
    private static final Attribute<Attributes> EXPRESSION =
            TABLE.nest(5, "NFTA_INNER_EXPR", ExpressionAttributes.TABLE);

    /// What there is in a tunnel's packet (`enum nft_inner_flags`).
    public enum Flag implements Numbered {
        HEADER(1, "hdrsize"),
        LINK(2, "ll"),
        NETWORK(4, "nh"),
        TRANSPORT(8, "th");

        private final int number;
        private final String keyword;

        Flag(int number, String keyword) {
            this.number = number;
            this.keyword = keyword;
        }

        @Override
        public int number() {
            return number;
        }

        /// As `nft --debug=netlink` writes it.
        @Override
        public String toString() {
            return keyword;
        }
    }

    public Inner {
        flags = Set.copyOf(flags);
    }

    static Inner decode(Attributes data) {
        return new Inner(
                Required.of(data, LEVEL),
                Required.of(data, TYPE),
                Required.of(data, FLAGS),
                Required.of(data, HEADER_SIZE),
                ExpressionAttributes.decodeInside(Required.of(data, EXPRESSION)));
    }

    @Override
    public String name() {
        return "inner";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(LEVEL, level)
                .put(TYPE, type)
                .put(FLAGS, flags)
                .put(HEADER_SIZE, headerBytes)
                .put(EXPRESSION, ExpressionAttributes.encode(expression));
    }
}
