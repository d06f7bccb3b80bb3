package dev.weft.linux.route;

import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Slice;

/// The ages of a neighbour (`struct nda_cacheinfo`), in 1/100 s.
///
/// @param confirmedTicks since it last answered
/// @param usedTicks since a packet last went to it
/// @param updatedTicks since its entry last changed
/// @param references holders of it
public record NeighbourCacheInfo(
        long confirmedTicks, long usedTicks, long updatedTicks, long references) {
    static final Codec<NeighbourCacheInfo> CODEC =
            Codec.struct(
                    "neighbour cache information",
                    16,
                    NeighbourCacheInfo::decode,
                    (writer, value) -> value.encode(writer));

    private static NeighbourCacheInfo decode(Slice slice) {
        return new NeighbourCacheInfo(slice.u32(0), slice.u32(4), slice.u32(8), slice.u32(12));
    }

    private void encode(ByteWriter writer) {
        writer.s32((int) confirmedTicks).s32((int) usedTicks);
        writer.s32((int) updatedTicks).s32((int) references);
    }
}
