package dev.weft.linux.route;

import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Slice;

/// What the kernel counts of a route (`struct rta_cacheinfo`).
///
/// @param references holders of it
/// @param lastUseTicks how long ago it was used, 1/100 s
/// @param expiresTicks when it ends, 1/100 s from now; 0 never
/// @param error the errno that senders get, negative; 0 for a route that works
/// @param used how often
/// @param id of the peer's fragments; no longer used
/// @param stamp no longer used
/// @param stampAge no longer used
public record RouteCacheInfo(
        long references,
        long lastUseTicks,
        int expiresTicks,
        int error,
        long used,
        long id,
        long stamp,
        long stampAge) {
    private static final int BYTES = 32;

    static final Codec<RouteCacheInfo> CODEC =
            Codec.struct(
                    "route cache information",
                    BYTES,
                    RouteCacheInfo::decode,
                    (writer, value) -> value.encode(writer));

    private static RouteCacheInfo decode(Slice slice) {
        return new RouteCacheInfo(
                slice.u32(0),
                slice.u32(4),
                slice.s32(8),
                slice.s32(12),
                slice.u32(16),
                slice.u32(20),
                slice.u32(24),
                slice.u32(28));
    }

    private void encode(ByteWriter writer) {
        writer.s32((int) references).s32((int) lastUseTicks).s32(expiresTicks).s32(error);
        writer.s32((int) used).s32((int) id).s32((int) stamp).s32((int) stampAge);
    }
}
