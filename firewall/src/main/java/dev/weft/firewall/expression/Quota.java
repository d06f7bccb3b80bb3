package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.util.Set;

/// Goes on only until some bytes have passed, or, inverted, only from then on (`enum
/// nft_quota_attributes`, `nft_quota.c`).
///
/// @param consumedBytes what has passed by now
public record Quota(long bytes, long consumedBytes, Set<Flag> flags) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("quota");
    private static final Attribute<Long> BYTES = TABLE.add(1, "NFTA_QUOTA_BYTES", Codecs.BE64);
    private static final Attribute<Set<Flag>> FLAGS =
            TABLE.add(2, "NFTA_QUOTA_FLAGS", Numbered.bits(Flag.class));
    private static final Attribute<Long> CONSUMED =
            TABLE.add(4, "NFTA_QUOTA_CONSUMED", Codecs.BE64);

    /// `enum nft_quota_flags`; the second is the kernel's alone.
    public enum Flag implements Numbered {
        INVERTED(1, "over"),
        DEPLETED(2, "depleted");

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

        /// As `nft` writes it.
        @Override
        public String toString() {
            return keyword;
        }
    }

    public Quota {
        flags = Set.copyOf(flags);
    }

    static Quota decode(Attributes data) {
        return new Quota(
                Required.of(data, BYTES), data.orElse(CONSUMED, 0L), data.orElse(FLAGS, Set.of()));
    }

    @Override
    public String name() {
        return "quota";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(BYTES, bytes).put(CONSUMED, consumedBytes).put(FLAGS, flags);
    }
}
