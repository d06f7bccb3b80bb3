package dev.weft.linux.route;

import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;

/// The fixed part of a message about a route (`struct rtmsg`).
record RouteHeader(
        int family,
        int destinationLength,
        int sourceLength,
        int typeOfService,
        int table,
        int protocol,
        int scope,
        int type,
        int flags) {
    static final int BYTES = 12;

    static RouteHeader decode(Slice body) {
        return new RouteHeader(
                body.u8(0),
                body.u8(1),
                body.u8(2),
                body.u8(3),
                body.u8(4),
                body.u8(5),
                body.u8(6),
                body.u8(7),
                body.s32(8));
    }

    void encode(ByteWriter writer) {
        writer.u8(family).u8(destinationLength).u8(sourceLength).u8(typeOfService);
        writer.u8(table).u8(protocol).u8(scope).u8(type).s32(flags);
    }
}
