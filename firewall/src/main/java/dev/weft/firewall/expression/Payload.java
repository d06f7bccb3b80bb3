package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Loads bytes of the packet (`nft_payload.c`).
///
/// @param base the header they are counted from
/// @param offset bytes
/// @param bytes how many
public record Payload(Base base, int offset, int bytes, Register destination)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("payload");
    private static final Attribute<Register> DESTINATION =
            TABLE.add(1, "NFTA_PAYLOAD_DREG", Register.CODEC);
    private static final Attribute<Base> BASE =
            TABLE.add(2, "NFTA_PAYLOAD_BASE", Numbered.codec(Base.class));
    private static final Attribute<Integer> OFFSET =
            TABLE.add(3, "NFTA_PAYLOAD_OFFSET", Codecs.BE32);
    private static final Attribute<Integer> LENGTH = TABLE.add(4, "NFTA_PAYLOAD_LEN", Codecs.BE32);

    /// A header of the packet (`enum nft_payload_bases`).
    public enum Base implements Numbered {
        LINK(0, "ll"),
        NETWORK(1, "nh"),
        TRANSPORT(2, "th");

        private final int number;
        private final String keyword;

        Base(int number, String keyword) {
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

    static Payload decode(Attributes data) {
        return new Payload(
                Required.of(data, BASE),
                Required.of(data, OFFSET),
                Required.of(data, LENGTH),
                Required.of(data, DESTINATION));
    }

    @Override
    public String name() {
        return "payload";
    }

    @Override
    public Attributes encode() {
        return Attributes.build(
                TABLE,
                writer ->
                        writer.put(DESTINATION, destination)
                                .put(BASE, base)
                                .put(OFFSET, offset)
                                .put(LENGTH, bytes));
    }
}
