package dev.weft.linux.link;

import dev.weft.linux.netlink.Codec;

/// A VLAN as one attribute holds it, or one end of a range (`struct bridge_vlan_info`).
///
/// @param flags `BRIDGE_VLAN_INFO_*`
/// @param id 1 to 4,094
record BridgeVlanEntry(int flags, int id) {
    static final int PVID = 0x2;
    static final int UNTAGGED = 0x4;
    static final int RANGE_BEGIN = 0x8;
    static final int RANGE_END = 0x10;

    private static final int BYTES = 4;

    static final Codec<BridgeVlanEntry> CODEC =
            Codec.struct(
                    "bridge vlan",
                    BYTES,
                    slice -> new BridgeVlanEntry(slice.u16(0), slice.u16(2)),
                    (writer, entry) -> writer.u16(entry.flags).u16(entry.id));

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
