package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Loads something of an IPsec state that the packet came through or will take (`enum
/// nft_xfrm_attributes`, `nft_xfrm.c`).
///
/// @param state which of them, when there are several; 0 is the first
public record Xfrm(Key key, Direction direction, int state, Register destination)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("xfrm");
    private static final Attribute<Register> DESTINATION =
            TABLE.add(1, "NFTA_XFRM_DREG", Register.CODEC);
    private static final Attribute<Key> KEY =
            TABLE.add(2, "NFTA_XFRM_KEY", Numbered.codec(Key.class));
    private static final Attribute<Direction> DIRECTION =
            TABLE.add(3, "NFTA_XFRM_DIR", Numbered.codec(Direction.class, Codecs.U8));
    private static final Attribute<Integer> STATE = TABLE.add(4, "NFTA_XFRM_SPNUM", Codecs.BE32);

    /// What a state has (`enum nft_xfrm_keys`).
    public enum Key implements Numbered {
        DESTINATION_IP(1, "ip daddr"),
        DESTINATION_IP6(2, "ip6 daddr"),
        SOURCE_IP(3, "ip saddr"),
        SOURCE_IP6(4, "ip6 saddr"),
        REQUEST_ID(5, "reqid"),
        SECURITY_PARAMETERS_INDEX(6, "spi");

        private final int number;
        private final String keyword;

        Key(int number, String keyword) {
            this.number = number;
            this.keyword = keyword;
        }

        @Override
        public int number() {
            return number;
        }

        /// As `nft` writes it after `ipsec in`.
        @Override
        public String toString() {
            return keyword;
        }
    }

    /// Which way (`XFRM_POLICY_*`).
    public enum Direction implements Numbered {
        IN(0, "in"),
        OUT(1, "out");

        private final int number;
        private final String keyword;

        Direction(int number, String keyword) {
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

    static Xfrm decode(Attributes data) {
        return new Xfrm(
                Required.of(data, KEY),
                Required.of(data, DIRECTION),
                data.orElse(STATE, 0),
                Required.of(data, DESTINATION));
    }

    @Override
    public String name() {
        return "xfrm";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(KEY, key)
                .put(DIRECTION, direction)
                .put(STATE, state)
                .put(DESTINATION, destination);
    }
}
