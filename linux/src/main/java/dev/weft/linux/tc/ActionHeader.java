package dev.weft.linux.tc;

import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;

/// What the structures of all actions begin with (`tc_gen`).
///
/// @param index the action's number; 0 when the kernel is to choose
/// @param capabilities 0
/// @param verdict what becomes of packets afterwards
/// @param references how many hold it; only read
/// @param bindings how many filters hold it; only read
public record ActionHeader(
        long index, long capabilities, Verdict verdict, int references, int bindings) {
    static final int BYTES = 20;

    /// An action to be made.
    static ActionHeader of(Verdict verdict) {
        return new ActionHeader(0, 0, verdict, 0, 0);
    }

    static ActionHeader decode(Slice bytes) {
        return new ActionHeader(
                bytes.u32(0),
                bytes.u32(4),
                new Verdict(bytes.s32(8)),
                bytes.s32(12),
                bytes.s32(16));
    }

    void encode(ByteWriter writer) {
        writer.s32((int) index).s32((int) capabilities).s32(verdict.value());
        writer.s32(references).s32(bindings);
    }
}
