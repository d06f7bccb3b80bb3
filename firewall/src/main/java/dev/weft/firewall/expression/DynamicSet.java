package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds an element to a set or map, or removes it, as a packet passes (`enum
/// nft_dynset_attributes`, `nft_dynset.c`).
///
/// @param set its name
/// @param setId the number that the same batch gave a set without name of its own; null for others
/// @param key the first of the registers that the key fills
/// @param data the first of the registers that a map's data fill; null in a set
/// @param timeoutMillis how long the element stays; 0 for as long as the set says
/// @param inverted whether the rule goes on only when there is no room, or no such element
/// @param expressions what the element does when it is met: counts, limits
public record DynamicSet(
        Operation operation,
        String set,
        @Nullable Integer setId,
        Register key,
        @Nullable Register data,
        long timeoutMillis,
        boolean inverted,
        List<Expression> expressions)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("dynset");
    private static final Attribute<String> SET =
            TABLE.add(1, "NFTA_DYNSET_SET_NAME", Codecs.STRING);
    private static final Attribute<Integer> SET_ID =
            TABLE.add(2, "NFTA_DYNSET_SET_ID", Codecs.BE32);
    private static final Attribute<Operation> OPERATION =
            TABLE.add(3, "NFTA_DYNSET_OP", Numbered.codec(Operation.class));
    private static final Attribute<Register> KEY =
            TABLE.add(4, "NFTA_DYNSET_SREG_KEY", Register.CODEC);
    private static final Attribute<Register> DATA =
            TABLE.add(5, "NFTA_DYNSET_SREG_DATA", Register.CODEC);
    private static final Attribute<Long> TIMEOUT = TABLE.add(6, "NFTA_DYNSET_TIMEOUT", Codecs.BE64);
    private static final Attribute<Attributes> EXPRESSION =
            TABLE.nest(7, "NFTA_DYNSET_EXPR", ExpressionAttributes.TABLE);
    private static final Attribute<Integer> FLAGS = TABLE.add(9, "NFTA_DYNSET_FLAGS", Codecs.BE32);
    private static final Attribute<List<Attributes>> EXPRESSIONS =
            TABLE.nestList(10, "NFTA_DYNSET_EXPRESSIONS", ExpressionAttributes.TABLE, 1);

    /// `NFT_DYNSET_F_INV`.
    private static final int INVERTED = 1;

    /// `NFT_DYNSET_F_EXPR`: there are several expressions. The kernel wants it, and never says it.
    private static final int SEVERAL = 2;

    /// What happens to the element (`enum nft_dynset_ops`).
    public enum Operation implements Numbered {
        ADD(0, "add"),
        UPDATE(1, "update"),
        DELETE(2, "delete");

        private final int number;
        private final String keyword;

        Operation(int number, String keyword) {
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

    public DynamicSet {
        expressions = List.copyOf(expressions);
    }

    /// Does something with an element of a set that stays as long as the set says.
    public DynamicSet(Operation operation, String set, Register key) {
        this(operation, set, null, key, null, 0, false, List.of());
    }

    static DynamicSet decode(Attributes data) {
        return new DynamicSet(
                Required.of(data, OPERATION),
                Required.of(data, SET),
                Optionally.of(data, SET_ID),
                Required.of(data, KEY),
                Optionally.of(data, DATA),
                data.orElse(TIMEOUT, 0L),
                (data.orElse(FLAGS, 0) & INVERTED) != 0,
                expressions(data));
    }

    private static List<Expression> expressions(Attributes data) {
        List<Attributes> all = new ArrayList<>(data.orElse(EXPRESSIONS, List.of()));
        data.find(EXPRESSION).ifPresent(all::add);
        return all.stream().map(ExpressionAttributes::decodeInside).toList();
    }

    /// What attributes say beside [#SEVERAL], and beside a timeout of zero, which the kernel says
    /// of every set and wants of none.
    static Attributes said(Attributes data) {
        int flags = data.orElse(FLAGS, 0) & ~SEVERAL;
        long timeout = data.orElse(TIMEOUT, 0L);
        return data.without(FLAGS, TIMEOUT)
                .and(writer -> {
                    Optionally.put(writer, FLAGS, flags == 0 ? null : flags);
                    Optionally.put(writer, TIMEOUT, timeout == 0 ? null : timeout);
                });
    }

    @Override
    public String name() {
        return "dynset";
    }

    /// A single expression has an attribute of its own, as in the kernel's answers.
    @Override
    public void write(AttributeWriter writer) {
        writer.put(SET, set).put(OPERATION, operation).put(KEY, key);
        Optionally.put(writer, SET_ID, setId);
        Optionally.put(writer, DATA, data);
        Optionally.put(writer, TIMEOUT, timeoutMillis == 0 ? null : timeoutMillis);
        int flags = (inverted ? INVERTED : 0) | (expressions.size() > 1 ? SEVERAL : 0);
        Optionally.put(writer, FLAGS, flags == 0 ? null : flags);
        if (expressions.size() == 1) {
            writer.put(EXPRESSION, ExpressionAttributes.encode(expressions.getFirst()));
        } else if (!expressions.isEmpty()) {
            writer.put(
                    EXPRESSIONS, expressions.stream().map(ExpressionAttributes::encode).toList());
        }
    }
}
