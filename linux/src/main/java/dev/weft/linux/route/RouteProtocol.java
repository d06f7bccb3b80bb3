package dev.weft.linux.route;

import java.util.Map;

/// Who made a route or rule (`RTPROT_*`). Up to 4 the numbers have a meaning to the kernel; the
/// others are the makers' agreement (`/etc/iproute2/rt_protos`).
///
/// @param number 0 to 255
public record RouteProtocol(int number) {
    /// In a request to delete, whoever made it.
    public static final RouteProtocol UNSPECIFIED = new RouteProtocol(0);

    /// An ICMP redirect.
    public static final RouteProtocol REDIRECT = new RouteProtocol(1);

    /// The kernel itself.
    public static final RouteProtocol KERNEL = new RouteProtocol(2);

    /// Set-up tools; what `ip route` uses unless told otherwise.
    public static final RouteProtocol BOOT = new RouteProtocol(3);

    /// The administrator.
    public static final RouteProtocol STATIC = new RouteProtocol(4);

    /// A router's advertisement.
    public static final RouteProtocol ROUTER_ADVERTISEMENT = new RouteProtocol(9);

    public static final RouteProtocol DHCP = new RouteProtocol(16);
    public static final RouteProtocol BGP = new RouteProtocol(186);

    private static final Map<RouteProtocol, String> NAMES =
            Map.of(
                    UNSPECIFIED,
                    "unspec",
                    REDIRECT,
                    "redirect",
                    KERNEL,
                    "kernel",
                    BOOT,
                    "boot",
                    STATIC,
                    "static",
                    ROUTER_ADVERTISEMENT,
                    "ra",
                    DHCP,
                    "dhcp",
                    BGP,
                    "bgp");

    public RouteProtocol {
        Numbers.requireByte("route protocol", number);
    }

    @Override
    public String toString() {
        return NAMES.getOrDefault(this, Integer.toString(number));
    }
}
