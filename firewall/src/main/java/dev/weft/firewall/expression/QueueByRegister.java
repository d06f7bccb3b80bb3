package dev.weft.firewall.expression;

import dev.weft.linux.netlink.AttributeWriter;
import java.util.Set;

/// Has a program decide about the packet, with the queue's number out of a register
/// (`NFTA_QUEUE_SREG_QNUM`, `nft_queue.c`).
public record QueueByRegister(Register number, Set<Queue.Flag> flags) implements Expression {
    public QueueByRegister {
        flags = Set.copyOf(flags);
    }

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(Queue.NUMBER_SOURCE, number).put(Queue.FLAGS, flags);
    }
}
