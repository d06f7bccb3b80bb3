package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Answers the packet with a refusal and drops it (`enum nft_reject_attributes`, `nft_reject.c`).
///
/// @param code of ICMP, ICMPv6 or, for [Kind#ICMPX_UNREACHABLE], one that stands for both
public record Reject(Kind kind, int code) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("reject");
    private static final Attribute<Kind> KIND =
            TABLE.add(1, "NFTA_REJECT_TYPE", Numbered.codec(Kind.class));
    private static final Attribute<Integer> CODE = TABLE.add(2, "NFTA_REJECT_ICMP_CODE", Codecs.U8);

    /// How it is answered (`enum nft_reject_types`).
    public enum Kind implements Numbered {
        ICMP_UNREACHABLE(0, "icmp"),
        TCP_RESET(1, "tcp reset"),
        ICMPX_UNREACHABLE(2, "icmpx");

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

    static Reject decode(Attributes data) {
        return new Reject(Required.of(data, KIND), data.orElse(CODE, 0));
    }

    @Override
    public String name() {
        return "reject";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(KIND, kind);
        if (kind != Kind.TCP_RESET) {
            writer.put(CODE, code);
        }
    }
}
