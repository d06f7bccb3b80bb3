package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import java.util.Set;

/// Asks the routing tables about the packet (`enum nft_fib_attributes`, `nft_fib.c`).
///
/// @param result what is loaded
/// @param flags what of the packet the question is about
public record Fib(Result result, Set<Flag> flags, Register destination) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("fib");
    private static final Attribute<Register> DESTINATION =
            TABLE.add(1, "NFTA_FIB_DREG", Register.CODEC);
    private static final Attribute<Result> RESULT =
            TABLE.add(2, "NFTA_FIB_RESULT", Numbered.codec(Result.class));
    private static final Attribute<Set<Flag>> FLAGS =
            TABLE.add(3, "NFTA_FIB_FLAGS", Numbered.bits(Flag.class));

    /// An answer (`enum nft_fib_result`).
    public enum Result implements Numbered {
        OIF(1, "oif"),
        OIFNAME(2, "oifname"),
        ADDRESS_TYPE(3, "type");

        private final int number;
        private final String keyword;

        Result(int number, String keyword) {
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

    /// A part of a question (`enum nft_fib_flags`).
    public enum Flag implements Numbered {
        SOURCE_ADDRESS(1, "saddr"),
        DESTINATION_ADDRESS(2, "daddr"),
        MARK(4, "mark"),
        IIF(8, "iif"),
        OIF(16, "oif"),
        /// Load 1 or 0, for whether there is a route, and not the result itself.
        PRESENT(32, "");

        private final int number;
        private final String keyword;

        Flag(int number, String keyword) {
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

    public Fib {
        flags = Set.copyOf(flags);
    }

    static Fib decode(Attributes data) {
        return new Fib(
                Required.of(data, RESULT),
                Required.of(data, FLAGS),
                Required.of(data, DESTINATION));
    }

    @Override
    public String name() {
        return "fib";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(FLAGS, flags).put(RESULT, result).put(DESTINATION, destination);
    }
}
