package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import org.jspecify.annotations.Nullable;

/// Loads something that connection tracking knows (`enum nft_ct_attributes`, `nft_ct.c`).
///
/// @param direction whose packets or addresses are meant; null for the connection as a whole
public record Ct(CtKey key, @Nullable Direction direction, Register destination)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("ct");
    private static final Attribute<Register> DESTINATION =
            TABLE.add(1, "NFTA_CT_DREG", Register.CODEC);
    static final Attribute<CtKey> KEY = TABLE.add(2, "NFTA_CT_KEY", Numbered.codec(CtKey.class));
    static final Attribute<Direction> DIRECTION =
            TABLE.add(3, "NFTA_CT_DIRECTION", Numbered.codec(Direction.class, Codecs.U8));
    static final Attribute<Register> SOURCE = TABLE.add(4, "NFTA_CT_SREG", Register.CODEC);

    /// A way through a connection (`enum ip_conntrack_dir`).
    public enum Direction implements Numbered {
        ORIGINAL(0, "original"),
        REPLY(1, "reply");

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

    /// Loads what belongs to the connection as a whole.
    public Ct(CtKey key, Register destination) {
        this(key, null, destination);
    }

    static Expression decode(Attributes data) {
        CtKey key = Required.of(data, KEY);
        Direction direction = Optionally.of(data, DIRECTION);
        return data.has(SOURCE)
                ? new CtSet(key, direction, Required.of(data, SOURCE))
                : new Ct(key, direction, Required.of(data, DESTINATION));
    }

    @Override
    public String name() {
        return "ct";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(KEY, key).put(DESTINATION, destination);
        Optionally.put(writer, DIRECTION, direction);
    }
}
