package dev.weft.cli.kubenet;

import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkFlag;
import dev.weft.linux.link.LinkKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The MTU of bridge and pods.
///
/// @param bytes of packets
/// @param reason why, in words
record Mtu(int bytes, String reason) {
    /// What every network of Ethernet that tunnels a little lets through.
    private static final int DEFAULT_BYTES = 1460;

    /// Less is nobody's uplink.
    private static final int LEAST_BYTES = 576;

    static Mtu of(Settings settings, List<Link> links) {
        return settings.mtuBytes()
                .map(bytes -> new Mtu(bytes, "as asked"))
                .orElseGet(() -> ofUplinks(settings.bridge(), links));
    }

    /// The smallest of all links by which packets may leave the node. The bridge with its ports is
    /// none of them: it would keep an MTU that once was small.
    private static Mtu ofUplinks(String bridge, List<Link> links) {
        Optional<Integer> own =
                links.stream()
                        .filter(link -> link.name().equals(bridge))
                        .map(Link::index)
                        .findFirst();
        return links.stream()
                .filter(Link::isUp)
                .filter(link -> !link.has(LinkFlag.LOOPBACK) && !link.has(LinkFlag.POINT_TO_POINT))
                .filter(link -> !own.equals(Optional.of(link.index())))
                .filter(link -> own.isEmpty() || !link.master().equals(own))
                .filter(link -> !link.kind().equals(Optional.of(LinkKind.IFB)))
                .min(Comparator.comparingInt(Link::mtu))
                .filter(link -> link.mtu() >= LEAST_BYTES)
                .map(link ->
                        new Mtu(link.mtu(), "the smallest of the uplinks, that of " + link.name()))
                .orElseGet(() -> new Mtu(DEFAULT_BYTES, "no uplink has one"));
    }
}
