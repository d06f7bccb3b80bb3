package dev.weft.linux.route;

import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;

/// The fixed part of a message about an address (`struct ifaddrmsg`).
record AddressHeader(int family, int prefixLength, int flags, int scope, int linkIndex) {
    static final int BYTES = 8;

    static AddressHeader decode(Slice body) {
        return new AddressHeader(body.u8(0), body.u8(1), body.u8(2), body.u8(3), body.s32(4));
    }

    void encode(ByteWriter writer) {
        writer.u8(family).u8(prefixLength).u8(flags).u8(scope).s32(linkIndex);
    }
}
