package dev.weft.linux.route;

import dev.weft.linux.netlink.AttributeTable;
import java.util.List;
import java.util.Optional;

/// A way in which a route packs what it sends (`LWTUNNEL_ENCAP_*`,
/// `include/uapi/linux/lwtunnel.h`). Ways without a table here are read as well, their data kept as
/// bytes.
///
/// @param number the kernel's
/// @param kernelName as iproute2 writes it
/// @param data its attributes, if Weft knows them
public record Encapsulation(int number, String kernelName, Optional<AttributeTable> data) {
    /// Labels of multiprotocol label switching.
    public static final Encapsulation MPLS = of(1, "mpls", MplsEncapsulation.TABLE);

    /// For tunnel devices that take their addresses from the route, over IPv4.
    public static final Encapsulation IP = of(2, "ip", IpEncapsulation.TABLE);

    /// For tunnel devices that take their addresses from the route, over IPv6.
    public static final Encapsulation IP6 = of(4, "ip6", Ip6Encapsulation.TABLE);

    /// Segment routing: a header with the list of segments, kept as bytes.
    public static final Encapsulation SEG6 = of(5, "seg6");

    /// Programs at the way in, out and through, kept as bytes.
    public static final Encapsulation BPF = of(6, "bpf");

    /// What a segment's endpoint does, kept as bytes.
    public static final Encapsulation SEG6_LOCAL = of(7, "seg6local");

    private static final List<Encapsulation> ALL = List.of(MPLS, IP, IP6, SEG6, BPF, SEG6_LOCAL);

    private static Encapsulation of(int number, String kernelName, AttributeTable data) {
        return new Encapsulation(number, kernelName, Optional.of(data));
    }

    private static Encapsulation of(int number, String kernelName) {
        return new Encapsulation(number, kernelName, Optional.empty());
    }

    /// Every way that has a name here.
    public static List<Encapsulation> all() {
        return ALL;
    }

    /// The way of a number.
    static Optional<Encapsulation> find(int number) {
        return ALL.stream().filter(way -> way.number == number).findFirst();
    }

    @Override
    public String toString() {
        return kernelName;
    }
}
