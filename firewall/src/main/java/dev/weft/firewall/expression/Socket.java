package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import org.jspecify.annotations.Nullable;

/// Loads something of the socket that the packet is for (`enum nft_socket_attributes`,
/// `nft_socket.c`).
///
/// @param level how far from the root the control group is, for [Key#CONTROL_GROUP]; else null
public record Socket(Key key, @Nullable Integer level, Register destination) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("socket");
    private static final Attribute<Key> KEY =
            TABLE.add(1, "NFTA_SOCKET_KEY", Numbered.codec(Key.class));
    private static final Attribute<Register> DESTINATION =
            TABLE.add(2, "NFTA_SOCKET_DREG", Register.CODEC);
    private static final Attribute<Integer> LEVEL = TABLE.add(3, "NFTA_SOCKET_LEVEL", Codecs.BE32);

    /// What a socket has (`enum nft_socket_keys`).
    public enum Key implements Numbered {
        TRANSPARENT(0, "socket transparent"),
        MARK(1, "socket mark"),
        WILDCARD(2, "socket wildcard"),
        CONTROL_GROUP(3, "socket cgroupv2");

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

    static Socket decode(Attributes data) {
        return new Socket(
                Required.of(data, KEY), Optionally.of(data, LEVEL), Required.of(data, DESTINATION));
    }

    @Override
    public String name() {
        return "socket";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(KEY, key).put(DESTINATION, destination);
        Optionally.put(writer, LEVEL, level);
    }
}
