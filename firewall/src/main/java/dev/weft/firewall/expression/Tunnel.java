package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;

/// Loads something of the tunnel that the packet came by or will take (`enum
/// nft_tunnel_attributes`, `nft_tunnel.c`).
public record Tunnel(Key key, Mode mode, Register destination) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("tunnel");
    private static final Attribute<Key> KEY =
            TABLE.add(1, "NFTA_TUNNEL_KEY", Numbered.codec(Key.class));
    private static final Attribute<Register> DESTINATION =
            TABLE.add(2, "NFTA_TUNNEL_DREG", Register.CODEC);
    private static final Attribute<Mode> MODE =
            TABLE.add(3, "NFTA_TUNNEL_MODE", Numbered.codec(Mode.class));

    /// Whether there is one, or its number (`enum nft_tunnel_keys`).
    public enum Key implements Numbered {
        PATH(0, "tunnel path"),
        ID(1, "tunnel id");

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

    /// Which way (`enum nft_tunnel_mode`).
    public enum Mode implements Numbered {
        ANY(0, ""),
        RECEIVED(1, "rx"),
        SENT(2, "tx");

        private final int number;
        private final String keyword;

        Mode(int number, String keyword) {
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

    static Tunnel decode(Attributes data) {
        return new Tunnel(
                Required.of(data, KEY),
                data.orElse(MODE, Mode.ANY),
                Required.of(data, DESTINATION));
    }

    @Override
    public String name() {
        return "tunnel";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(KEY, key).put(MODE, mode).put(DESTINATION, destination);
    }
}
