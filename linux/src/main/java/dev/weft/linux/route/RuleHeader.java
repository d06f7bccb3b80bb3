package dev.weft.linux.route;

import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;

/// The fixed part of a message about a policy rule (`struct fib_rule_hdr`).
record RuleHeader(
        int family,
        int destinationLength,
        int sourceLength,
        int typeOfService,
        int table,
        int action,
        int flags) {
    static final int BYTES = 12;

    static RuleHeader decode(Slice body) {
        return new RuleHeader(
                body.u8(0),
                body.u8(1),
                body.u8(2),
                body.u8(3),
                body.u8(4),
                body.u8(7),
                body.s32(8));
    }

    void encode(ByteWriter writer) {
        writer.u8(family).u8(destinationLength).u8(sourceLength).u8(typeOfService);
        writer.u8(table).zeros(2).u8(action).s32(flags);
    }
}
