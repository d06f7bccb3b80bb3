package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;

/// The fixed part of every traffic control message (`struct tcmsg`).
///
/// @param linkIndex the link; -1 when the parent is a block of filters that links share
/// @param handle of the object; [Handle#NONE] when the kernel is to choose
/// @param parent what it hangs on
/// @param info of a discipline: its references; of a class: the discipline below; of a filter: its
///   priority and protocol
record TrafficHeader(int linkIndex, Handle handle, Handle parent, int info) {
    static final int BYTES = 20;

    static TrafficHeader decode(Slice body) {
        return new TrafficHeader(
                body.s32(4), new Handle(body.s32(8)), new Handle(body.s32(12)), body.s32(16));
    }

    void encode(ByteWriter writer) {
        writer.s32(0).s32(linkIndex).s32(handle.value()).s32(parent.value()).s32(info);
    }

    /// Of a filter.
    int priority() {
        return info >>> 16;
    }

    /// Of a filter, an Ethernet type; it stands in network order inside a word that does not.
    int protocol() {
        return swapped(info & 0xffff);
    }

    TrafficHeader priority(int priority) {
        return info(priority << 16 | (info & 0xffff));
    }

    TrafficHeader protocol(int protocol) {
        return info(priority() << 16 | swapped(protocol));
    }

    /// Both architectures that Weft runs on are little-endian.
    private static int swapped(int value) {
        return Short.toUnsignedInt(Short.reverseBytes((short) value));
    }

    /// What follows the header in a message.
    static Attributes attributesAfter(Slice body) {
        return Attributes.decode(TrafficAttributes.TABLE, body.from(BYTES));
    }

    TrafficHeader handle(Handle other) {
        return new TrafficHeader(linkIndex, other, parent, info);
    }

    TrafficHeader parent(Handle other) {
        return new TrafficHeader(linkIndex, handle, other, info);
    }

    private TrafficHeader info(int other) {
        return new TrafficHeader(linkIndex, handle, parent, other);
    }
}
