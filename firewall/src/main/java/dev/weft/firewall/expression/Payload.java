package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Loads bytes of the packet (`enum nft_payload_attributes`, `nft_payload.c`).
///
/// @param base the header they are counted from
/// @param offset bytes
/// @param bytes how many
public record Payload(Base base, int offset, int bytes, Register destination)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("payload");
    private static final Attribute<Register> DESTINATION =
            TABLE.add(1, "NFTA_PAYLOAD_DREG", Register.CODEC);
    static final Attribute<Base> BASE =
            TABLE.add(2, "NFTA_PAYLOAD_BASE", Numbered.codec(Base.class));
    static final Attribute<Integer> OFFSET = TABLE.add(3, "NFTA_PAYLOAD_OFFSET", Codecs.BE32);
    static final Attribute<Integer> LENGTH = TABLE.add(4, "NFTA_PAYLOAD_LEN", Codecs.BE32);
    static final Attribute<Register> SOURCE = TABLE.add(5, "NFTA_PAYLOAD_SREG", Register.CODEC);
    static final Attribute<PayloadSet.Checksum> CHECKSUM =
            TABLE.add(6, "NFTA_PAYLOAD_CSUM_TYPE", Numbered.codec(PayloadSet.Checksum.class));
    static final Attribute<Integer> CHECKSUM_OFFSET =
            TABLE.add(7, "NFTA_PAYLOAD_CSUM_OFFSET", Codecs.BE32);

    /// `NFT_PAYLOAD_L4CSUM_PSEUDOHDR` is 1.
    static final Attribute<Integer> CHECKSUM_FLAGS =
            TABLE.add(8, "NFTA_PAYLOAD_CSUM_FLAGS", Codecs.BE32);

    /// A header of the packet (`enum nft_payload_bases`).
    public enum Base implements Numbered {
        LINK(0, "ll"),
        NETWORK(1, "nh"),
        TRANSPORT(2, "th"),
        /// What follows the transport header; new in Linux 5.16.
        INNER(3, "ih"),
        /// A tunnel's header, inside [Inner] alone; new in Linux 6.2.
        TUNNEL(4, "tun");

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

    static Expression decode(Attributes data) {
        return data.has(SOURCE)
                ? PayloadSet.decode(data)
                : new Payload(
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
    public void write(AttributeWriter writer) {
        writer.put(DESTINATION, destination).put(BASE, base).put(OFFSET, offset).put(LENGTH, bytes);
    }
}
