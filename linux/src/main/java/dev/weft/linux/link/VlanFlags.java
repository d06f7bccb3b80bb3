package dev.weft.linux.link;

import dev.weft.linux.netlink.Codec;

/// What a VLAN does beyond tagging (`struct ifla_vlan_flags`): bit 0 moves the priority out of the
/// tag on receiving, 1 GVRP registration, 2 carrier does not follow the parent, 3 MVRP
/// registration, 4 up and down by its bridge.
///
/// @param values the bits that are on
/// @param mask the bits that are meant when changing; all ones when read
public record VlanFlags(int values, int mask) {
    private static final int BYTES = 8;

    static final Codec<VlanFlags> CODEC =
            Codec.struct(
                    "vlan flags",
                    BYTES,
                    slice -> new VlanFlags(slice.s32(0), slice.s32(4)),
                    (writer, flags) -> writer.s32(flags.values).s32(flags.mask));
}
