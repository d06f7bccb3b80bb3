package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Loads from an extension header or option, or whether it is there (`enum nft_exthdr_attributes`,
/// `nft_exthdr.c`).
///
/// @param type the kernel's or the protocol's number of the header, option or chunk
/// @param offset within it, bytes
/// @param bytes how many
/// @param presence whether 1 or 0 is loaded, for being there or not, and not the bytes
public record ExtensionHeader(
        Protocol protocol, int type, int offset, int bytes, boolean presence, Register destination)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("exthdr");
    private static final Attribute<Register> DESTINATION =
            TABLE.add(1, "NFTA_EXTHDR_DREG", Register.CODEC);
    static final Attribute<Integer> TYPE = TABLE.add(2, "NFTA_EXTHDR_TYPE", Codecs.U8);
    static final Attribute<Integer> OFFSET = TABLE.add(3, "NFTA_EXTHDR_OFFSET", Codecs.BE32);
    static final Attribute<Integer> LENGTH = TABLE.add(4, "NFTA_EXTHDR_LEN", Codecs.BE32);

    /// `NFT_EXTHDR_F_PRESENT` is 1.
    static final Attribute<Integer> FLAGS = TABLE.add(5, "NFTA_EXTHDR_FLAGS", Codecs.BE32);

    static final Attribute<Protocol> PROTOCOL =
            TABLE.add(6, "NFTA_EXTHDR_OP", Numbered.codec(Protocol.class));
    static final Attribute<Register> SOURCE = TABLE.add(7, "NFTA_EXTHDR_SREG", Register.CODEC);

    /// What has the header, option or chunk (`enum nft_exthdr_op`).
    public enum Protocol implements Numbered {
        IPV6(0, "exthdr"),
        TCP(1, "tcp option"),
        IPV4(2, "ip option"),
        SCTP(3, "sctp chunk"),
        DCCP(4, "dccp option");

        private final int number;
        private final String keyword;

        Protocol(int number, String keyword) {
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

    static Expression decode(Attributes data) {
        Protocol protocol = data.orElse(PROTOCOL, Protocol.IPV6);
        int type = Required.of(data, TYPE);
        if (data.has(DESTINATION)) {
            return new ExtensionHeader(
                    protocol,
                    type,
                    Required.of(data, OFFSET),
                    Required.of(data, LENGTH),
                    data.orElse(FLAGS, 0) == 1,
                    Required.of(data, DESTINATION));
        }
        return data.has(SOURCE)
                ? new ExtensionHeaderSet(
                        protocol,
                        type,
                        Required.of(data, OFFSET),
                        Required.of(data, LENGTH),
                        Required.of(data, SOURCE))
                : new ExtensionHeaderReset(protocol, type);
    }

    @Override
    public String name() {
        return "exthdr";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(PROTOCOL, protocol)
                .put(TYPE, type)
                .put(OFFSET, offset)
                .put(LENGTH, bytes)
                .put(DESTINATION, destination);
        Optionally.put(writer, FLAGS, presence ? 1 : null);
    }
}
