package dev.weft.linux.link;

import dev.weft.linux.netlink.Codec;

/// Switches of a bridge that newer kernels added, one bit each (`struct br_boolopt_multi`): 0 no
/// learning from link-local frames, 1 multicast snooping per VLAN (5.15), 2 spanning trees per
/// group of VLANs (5.18), 3 offload by MDB entries (6.13), 4 permanent entries follow their port's
/// address (6.17).
///
/// @param values the bits that are on
/// @param mask the bits that are meant: asked to change, or known to the kernel
public record BridgeOptions(int values, int mask) {
    private static final int BYTES = 8;

    static final Codec<BridgeOptions> CODEC =
            Codec.struct(
                    "bridge options",
                    BYTES,
                    slice -> new BridgeOptions(slice.s32(0), slice.s32(4)),
                    (writer, options) -> writer.s32(options.values).s32(options.mask));
}
