package dev.weft.linux.link;

import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;

/// The fixed part of every link message (`struct ifinfomsg`).
///
/// @param family 0, or `AF_BRIDGE` (7) for a bridge's view of its ports
/// @param hardwareType `ARPHRD_*`, 1 for Ethernet
/// @param index 0 when not known or not chosen
/// @param flags `IFF_*`
/// @param changeMask which of the flags are meant
record LinkHeader(int family, int hardwareType, int index, int flags, int changeMask) {
    static final int BYTES = 16;

    static LinkHeader decode(Slice body) {
        return new LinkHeader(body.u8(0), body.u16(2), body.s32(4), body.s32(8), body.s32(12));
    }

    void encode(ByteWriter writer) {
        writer.u8(family).u8(0).u16(hardwareType).s32(index).s32(flags).s32(changeMask);
    }
}
