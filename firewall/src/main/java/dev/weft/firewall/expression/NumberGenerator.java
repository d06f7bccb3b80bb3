package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Loads a number from an offset on, below offset and modulus: the next one, or any (`enum
/// nft_ng_attributes`, `nft_numgen.c`).
public record NumberGenerator(Kind kind, int modulus, int offset, Register destination)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("numgen");
    private static final Attribute<Register> DESTINATION =
            TABLE.add(1, "NFTA_NG_DREG", Register.CODEC);
    private static final Attribute<Integer> MODULUS = TABLE.add(2, "NFTA_NG_MODULUS", Codecs.BE32);
    private static final Attribute<Kind> KIND =
            TABLE.add(3, "NFTA_NG_TYPE", Numbered.codec(Kind.class));
    private static final Attribute<Integer> OFFSET = TABLE.add(4, "NFTA_NG_OFFSET", Codecs.BE32);

    /// How it is chosen (`enum nft_ng_types`).
    public enum Kind implements Numbered {
        INCREMENTAL(0, "inc"),
        RANDOM(1, "random");

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

        /// As `nft` writes it.
        @Override
        public String toString() {
            return keyword;
        }
    }

    static NumberGenerator decode(Attributes data) {
        return new NumberGenerator(
                Required.of(data, KIND),
                Required.of(data, MODULUS),
                data.orElse(OFFSET, 0),
                Required.of(data, DESTINATION));
    }

    @Override
    public String name() {
        return "numgen";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(KIND, kind)
                .put(MODULUS, modulus)
                .put(OFFSET, offset)
                .put(DESTINATION, destination);
    }
}
