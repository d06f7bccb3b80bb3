package dev.weft.linux.link;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.Codec;
import java.util.HexFormat;

/// A bridge in the spanning tree protocol (`struct ifla_bridge_id`).
///
/// @param priority lowest first, 0 to 65,535
/// @param address six bytes, which decide between equal priorities
public record BridgeId(int priority, HardwareAddress address) {
    private static final int BYTES = 8;
    private static final int ADDRESS_BYTES = 6;

    static final Codec<BridgeId> CODEC =
            Codec.struct(
                    "bridge id",
                    BYTES,
                    slice ->
                            new BridgeId(
                                    slice.be16(0),
                                    HardwareAddress.of(slice.part(2, ADDRESS_BYTES).bytes())),
                    (writer, id) -> writer.be16(id.priority).bytes(id.address.bytes()));

    public BridgeId {
        if (priority < 0 || priority > 0xffff || address.bytes().length != ADDRESS_BYTES) {
            throw new InvalidRequestException(
                    "a bridge id is a priority of 0 to 65535 and six bytes, not "
                            + priority
                            + " and "
                            + address);
        }
    }

    /// As `ip` and `bridge` print it: `8000.02:00:0a:0b:0c:0d`.
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits((short) priority) + "." + address;
    }
}
