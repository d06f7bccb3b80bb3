package dev.weft.linux.route;

import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;

/// The fixed part of a message about a neighbour (`struct ndmsg`).
record NeighbourHeader(int family, int linkIndex, int state, int flags, int type) {
    static final int BYTES = 12;

    static NeighbourHeader decode(Slice body) {
        return new NeighbourHeader(body.u8(0), body.s32(4), body.u16(8), body.u8(10), body.u8(11));
    }

    void encode(ByteWriter writer) {
        writer.u8(family).zeros(3).s32(linkIndex).u16(state).u8(flags).u8(type);
    }
}
