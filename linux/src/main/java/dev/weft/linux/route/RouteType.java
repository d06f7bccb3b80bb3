package dev.weft.linux.route;

import java.util.List;

/// What a route does with packets (`RTN_*`, `include/uapi/linux/rtnetlink.h`).
///
/// @param number 0 to 255; numbers without a name here are kept
public record RouteType(int number) {
    /// Sends them on.
    public static final RouteType UNICAST = new RouteType(1);

    /// Takes them in.
    public static final RouteType LOCAL = new RouteType(2);

    /// Takes them in as a broadcast, and sends as one.
    public static final RouteType BROADCAST = new RouteType(3);

    /// Takes them in as a broadcast, but sends as unicast.
    public static final RouteType ANYCAST = new RouteType(4);

    public static final RouteType MULTICAST = new RouteType(5);

    /// Drops them silently; a local sender gets EINVAL.
    public static final RouteType BLACKHOLE = new RouteType(6);

    /// Answers that the host is unreachable; a local sender gets EHOSTUNREACH.
    public static final RouteType UNREACHABLE = new RouteType(7);

    /// Answers that it is forbidden; a local sender gets EACCES.
    public static final RouteType PROHIBIT = new RouteType(8);

    /// Ends the search in this table; the next policy rule goes on.
    public static final RouteType THROW = new RouteType(9);

    /// Translated addresses; kernels since 2.6 do not.
    public static final RouteType NAT = new RouteType(10);

    /// An external resolver decides; not used by kernels.
    public static final RouteType EXTERNAL_RESOLVER = new RouteType(11);

    private static final List<String> NAMES =
            List.of(
                    "unspec",
                    "unicast",
                    "local",
                    "broadcast",
                    "anycast",
                    "multicast",
                    "blackhole",
                    "unreachable",
                    "prohibit",
                    "throw",
                    "nat",
                    "xresolve");

    public RouteType {
        Numbers.requireByte("route type", number);
    }

    @Override
    public String toString() {
        return number < NAMES.size() ? NAMES.get(number) : Integer.toString(number);
    }
}
