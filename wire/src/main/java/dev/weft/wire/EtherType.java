package dev.weft.wire;

import java.util.Locale;

/// What an Ethernet frame or a VLAN tag carries (IEEE 802 numbers). Numbers without a name here are
/// as good as any; those below 1536 are IEEE 802.3 lengths instead.
///
/// @param value 0 to 65535
public record EtherType(int value) {
    public static final EtherType IPV4 = new EtherType(0x0800);
    public static final EtherType ARP = new EtherType(0x0806);

    /// A customer VLAN tag (IEEE 802.1Q).
    public static final EtherType VLAN = new EtherType(0x8100);

    public static final EtherType IPV6 = new EtherType(0x86dd);

    /// A service VLAN tag, the outer one of two (IEEE 802.1ad).
    public static final EtherType SERVICE_VLAN = new EtherType(0x88a8);

    private static final int LEAST_TYPE = 1536;

    public EtherType {
        Fields.check("EtherType", value, 16);
    }

    /// Whether this is the length of an IEEE 802.3 frame and no type.
    public boolean isLength() {
        return value < LEAST_TYPE;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "0x%04x", value);
    }
}
