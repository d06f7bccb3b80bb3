package dev.weft.linux.link;

import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import java.util.List;

/// One priority to another, between packets (any 32 bits) and VLAN tags (0 to 7) (`struct
/// ifla_vlan_qos_mapping`).
///
/// @param from the priority before
/// @param to the priority after
public record QosMapping(int from, int to) {
    private static final int BYTES = 8;
    private static final int IFLA_VLAN_QOS_MAPPING = 1;

    static final Codec<List<QosMapping>> LIST =
            Codecs.listOf(
                    Codec.struct(
                            "priority mapping",
                            BYTES,
                            slice -> new QosMapping(slice.s32(0), slice.s32(4)),
                            (writer, mapping) -> writer.s32(mapping.from).s32(mapping.to)),
                    IFLA_VLAN_QOS_MAPPING);

    /// As `ip` writes it: `1:5`.
    @Override
    public String toString() {
        return from + ":" + to;
    }
}
