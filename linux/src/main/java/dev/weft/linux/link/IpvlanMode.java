package dev.weft.linux.link;

import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import java.util.Map;

/// On which layer an ipvlan joins its parent, whose hardware address it shares.
///
/// @param number the kernel's (`IPVLAN_MODE_*`); one that has no name here is kept as it is
public record IpvlanMode(int number) {
    /// As on one wire: ARP and broadcasts are handled in its own namespace.
    public static final IpvlanMode L2 = new IpvlanMode(0);

    /// Routed by the parent: no broadcasts, no multicast.
    public static final IpvlanMode L3 = new IpvlanMode(1);

    /// As [#L3], and packets pass the parent's netfilter hooks, so that connections are tracked.
    public static final IpvlanMode L3S = new IpvlanMode(2);

    private static final Map<Integer, String> WORDS =
            Map.ofEntries(Map.entry(0, "l2"), Map.entry(1, "l3"), Map.entry(2, "l3s"));

    static final Codec<IpvlanMode> CODEC = Codecs.U16.as(IpvlanMode::new, IpvlanMode::number);

    /// The word that iproute2 uses, or the number.
    @Override
    public String toString() {
        return WORDS.getOrDefault(number, Integer.toString(number));
    }
}
