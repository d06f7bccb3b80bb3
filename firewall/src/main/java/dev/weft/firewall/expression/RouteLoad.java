package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;

/// Loads something of the packet's route (`enum nft_rt_attributes`, `nft_rt.c`).
public record RouteLoad(Key key, Register destination) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("rt");
    private static final Attribute<Register> DESTINATION =
            TABLE.add(1, "NFTA_RT_DREG", Register.CODEC);
    private static final Attribute<Key> KEY =
            TABLE.add(2, "NFTA_RT_KEY", Numbered.codec(Key.class));

    /// What a route has (`enum nft_rt_keys`).
    public enum Key implements Numbered {
        CLASS(0, "rt classid"),
        NEXTHOP_IP(1, "rt ip nexthop"),
        NEXTHOP_IP6(2, "rt ip6 nexthop"),
        TCP_SEGMENT_SIZE(3, "rt mtu"),
        IPSEC(4, "rt ipsec");

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

        /// As `nft` writes it.
        @Override
        public String toString() {
            return keyword;
        }
    }

    static RouteLoad decode(Attributes data) {
        return new RouteLoad(Required.of(data, KEY), Required.of(data, DESTINATION));
    }

    @Override
    public String name() {
        return "rt";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(KEY, key).put(DESTINATION, destination);
    }
}
