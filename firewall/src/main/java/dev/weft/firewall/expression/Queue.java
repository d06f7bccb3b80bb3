package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.util.Set;

/// Has a program decide about the packet (`enum nft_queue_attributes`, `nft_queue.c`,
/// `nfnetlink_queue`).
///
/// @param first the first queue, 0 to 65,535
/// @param count how many queues from there on share the packets
public record Queue(int first, int count, Set<Flag> flags) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("queue");
    private static final Attribute<Integer> NUMBER = TABLE.add(1, "NFTA_QUEUE_NUM", Codecs.BE16);
    private static final Attribute<Integer> TOTAL = TABLE.add(2, "NFTA_QUEUE_TOTAL", Codecs.BE16);
    static final Attribute<Set<Flag>> FLAGS =
            TABLE.add(3, "NFTA_QUEUE_FLAGS", Numbered.bits(Flag.class, Codecs.BE16));
    static final Attribute<Register> NUMBER_SOURCE =
            TABLE.add(4, "NFTA_QUEUE_SREG_QNUM", Register.CODEC);

    /// `NFT_QUEUE_FLAG_*`: let packets pass while nobody listens; choose the queue by the CPU.
    public enum Flag implements Numbered {
        BYPASS(1, "bypass"),
        FANOUT(2, "fanout");

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

        /// As `nft` writes it.
        @Override
        public String toString() {
            return keyword;
        }
    }

    public Queue {
        flags = Set.copyOf(flags);
    }

    static Expression decode(Attributes data) {
        Set<Flag> flags = data.orElse(FLAGS, Set.of());
        return data.has(NUMBER_SOURCE)
                ? new QueueByRegister(Required.of(data, NUMBER_SOURCE), flags)
                : new Queue(Required.of(data, NUMBER), data.orElse(TOTAL, 1), flags);
    }

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(NUMBER, first).put(TOTAL, count).put(FLAGS, flags);
    }
}
