package dev.weft.linux.link;

import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import java.util.Map;

/// On which layer a netkit pair joins its namespaces.
///
/// @param number the kernel's (`NETKIT_L2` …); one that has no name here is kept as it is
public record NetkitMode(int number) {
    /// As Ethernet devices.
    public static final NetkitMode L2 = new NetkitMode(0);

    /// Packets without link-layer addresses.
    public static final NetkitMode L3 = new NetkitMode(1);

    private static final Map<Integer, String> WORDS =
            Map.ofEntries(Map.entry(0, "l2"), Map.entry(1, "l3"));

    static final Codec<NetkitMode> CODEC = Codecs.S32.as(NetkitMode::new, NetkitMode::number);

    /// The word that iproute2 uses, or the number.
    @Override
    public String toString() {
        return WORDS.getOrDefault(number, Integer.toString(number));
    }
}
