package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.util.Set;

/// Answers TCP SYNs in place of the server until the client has proved to be there (`enum
/// nft_synproxy_attributes`, `nft_synproxy.c`).
///
/// @param maximumSegmentSize what the server would announce, bytes
/// @param windowScale what the server would announce, 0 to 14
/// @param flags which options the server has
public record SynProxy(int maximumSegmentSize, int windowScale, Set<Flag> flags)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("synproxy");
    private static final Attribute<Integer> SEGMENT_SIZE =
            TABLE.add(1, "NFTA_SYNPROXY_MSS", Codecs.BE16);
    private static final Attribute<Integer> WINDOW_SCALE =
            TABLE.add(2, "NFTA_SYNPROXY_WSCALE", Codecs.U8);
    private static final Attribute<Set<Flag>> FLAGS =
            TABLE.add(3, "NFTA_SYNPROXY_FLAGS", Numbered.bits(Flag.class));

    /// A TCP option (`NF_SYNPROXY_OPT_*` in `include/uapi/linux/netfilter/nf_synproxy.h`).
    public enum Flag implements Numbered {
        SEGMENT_SIZE(1, "mss"),
        WINDOW_SCALE(2, "wscale"),
        SELECTIVE_ACKNOWLEDGEMENT(4, "sack-perm"),
        TIMESTAMP(8, "timestamp"),
        ECN(16, "ecn");

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

    public SynProxy {
        flags = Set.copyOf(flags);
    }

    static SynProxy decode(Attributes data) {
        return new SynProxy(
                data.orElse(SEGMENT_SIZE, 0),
                data.orElse(WINDOW_SCALE, 0),
                data.orElse(FLAGS, Set.of()));
    }

    @Override
    public String name() {
        return "synproxy";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(SEGMENT_SIZE, maximumSegmentSize)
                .put(WINDOW_SCALE, windowScale)
                .put(FLAGS, flags);
    }
}
