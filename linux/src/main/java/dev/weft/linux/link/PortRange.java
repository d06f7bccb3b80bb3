package dev.weft.linux.link;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.Codec;

/// UDP ports, both ends included (`struct ifla_vxlan_port_range`).
///
/// @param low 0 to 65,535
/// @param high likewise
public record PortRange(int low, int high) {
    private static final int BYTES = 4;
    private static final int MAX_PORT = 0xffff;

    static final Codec<PortRange> CODEC =
            Codec.struct(
                    "port range",
                    BYTES,
                    slice -> new PortRange(slice.be16(0), slice.be16(2)),
                    (writer, range) -> writer.be16(range.low).be16(range.high));

    public PortRange {
        if (low < 0 || low > MAX_PORT || high < 0 || high > MAX_PORT) {
            throw new InvalidRequestException("ports are 0 to 65535, not " + low + " to " + high);
        }
    }
}
