package dev.weft.wire;

import java.util.HexFormat;
import java.util.regex.Pattern;

/// A 48-bit Ethernet address (IEEE 802 section 8). Its text form is six lower-case hexadecimal
/// pairs joined by colons, as `ip link` prints it.
///
/// @param value the address as a number, 0 to 2⁴⁸-1
public record MacAddress(long value) {
    /// The number of bytes on the wire.
    public static final int LENGTH = 6;

    /// `00:00:00:00:00:00`: unknown, as in an ARP request's target.
    public static final MacAddress ZERO = new MacAddress(0);

    /// `ff:ff:ff:ff:ff:ff`: all stations.
    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    private static final Pattern TEXT = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");

    public MacAddress {
        Fields.check("MAC address", value, 48);
    }

    /// Reads six pairs joined by colons.
    ///
    /// @throws IllegalArgumentException when `text` is anything else
    public static MacAddress parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "not a MAC address (six hexadecimal pairs joined by colons): " + text);
        }
        return new MacAddress(HexFormat.fromHexDigitsToLong(text.replace(":", "")));
    }

    /// Whether the group bit is set: a multicast address or broadcast.
    public boolean isGroup() {
        return (value >>> 40 & 1) == 1;
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(toByteArray());
    }

    /// The six bytes in the order they are sent.
    public byte[] toByteArray() {
        byte[] bytes = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bytes[i] = (byte) (value >>> (8 * (LENGTH - 1 - i)));
        }
        return bytes;
    }
}
