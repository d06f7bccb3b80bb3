package dev.weft.linux;

import java.util.Arrays;
import java.util.HexFormat;

/// A link-layer address: six bytes on Ethernet, four or sixteen on IP tunnels, up to 32 elsewhere
/// (`MAX_ADDR_LEN` in `include/linux/netdevice.h`).
public final class HardwareAddress {
    /// The kernel's limit.
    public static final int MAX_BYTES = 32;

    private static final int ETHERNET_BYTES = 6;
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private final byte[] bytes;

    private HardwareAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /// An address of up to 32 bytes; the array is copied.
    public static HardwareAddress of(byte... bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new InvalidRequestException(
                    "a hardware address has at most " + MAX_BYTES + " bytes, not " + bytes.length);
        }
        return new HardwareAddress(bytes.clone());
    }

    /// Reads an Ethernet address, `02:00:0a:0b:0c:0d`.
    ///
    /// @throws InvalidRequestException when the text is no such address
    public static HardwareAddress parse(String text) {
        try {
            byte[] bytes = COLONS.parseHex(text);
            if (bytes.length == ETHERNET_BYTES) {
                return new HardwareAddress(bytes);
            }
        } catch (IllegalArgumentException notHexadecimal) {
            // Falls through to the one message about what is expected.
        }
        throw new InvalidRequestException(
                "'"
                        + text
                        + "' is no hardware address: write six hexadecimal bytes, like"
                        + " 02:00:0a:0b:0c:0d");
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HardwareAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The bytes in hexadecimal, colons between them.
    @Override
    public String toString() {
        return COLONS.formatHex(bytes);
    }
}
