package dev.weft.linux.link;

import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import java.util.Map;

/// How a link gets its IPv6 interface identifiers.
///
/// @param number the kernel's (`IN6_ADDR_GEN_MODE_*`); one that has no name here is kept as it is
public record AddressGenerationMode(int number) {
    /// From the hardware address (RFC 4291).
    public static final AddressGenerationMode EUI64 = new AddressGenerationMode(0);

    /// Not at all: no link-local address, no addresses from router advertisements.
    public static final AddressGenerationMode NONE = new AddressGenerationMode(1);

    /// Hashed with the secret that is set (RFC 7217).
    public static final AddressGenerationMode STABLE_PRIVACY = new AddressGenerationMode(2);

    /// Hashed with a secret the kernel draws.
    public static final AddressGenerationMode RANDOM = new AddressGenerationMode(3);

    private static final Map<Integer, String> WORDS =
            Map.ofEntries(
                    Map.entry(0, "eui64"),
                    Map.entry(1, "none"),
                    Map.entry(2, "stable_secret"),
                    Map.entry(3, "random"));

    static final Codec<AddressGenerationMode> CODEC =
            Codecs.U8.as(AddressGenerationMode::new, AddressGenerationMode::number);

    /// The word that iproute2 uses, or the number.
    @Override
    public String toString() {
        return WORDS.getOrDefault(number, Integer.toString(number));
    }
}
