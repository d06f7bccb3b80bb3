package dev.weft.wire;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The line of an ICMPv6 message. Errors name what the quoted packet was for.
final class Icmpv6Text {
    /// Version 2 of the report (RFC 3810 section 5.2), which every Linux host sends.
    private static final int MULTICAST_REPORT = 143;

    /// By type (IANA "ICMPv6 type numbers"), spelled as tcpdump does.
    private static final Map<Integer, String> TYPES =
            Map.ofEntries(
                    Map.entry(Icmpv6.DESTINATION_UNREACHABLE, "destination unreachable"),
                    Map.entry(Icmpv6.PACKET_TOO_BIG, "packet too big"),
                    Map.entry(Icmpv6.TIME_EXCEEDED, "time exceeded"),
                    Map.entry(Icmpv6.PARAMETER_PROBLEM, "parameter problem"),
                    Map.entry(130, "multicast listener query"),
                    Map.entry(131, "multicast listener report"),
                    Map.entry(132, "multicast listener done"),
                    Map.entry(NeighbourDiscovery.ROUTER_SOLICITATION, "router solicitation"),
                    Map.entry(NeighbourDiscovery.ROUTER_ADVERTISEMENT, "router advertisement"),
                    Map.entry(NeighbourDiscovery.NEIGHBOUR_SOLICITATION, "neighbor solicitation"),
                    Map.entry(NeighbourDiscovery.NEIGHBOUR_ADVERTISEMENT, "neighbor advertisement"),
                    Map.entry(NeighbourDiscovery.REDIRECT, "redirect"),
                    Map.entry(MULTICAST_REPORT, "multicast listener report v2"));

    private static final int PORT_UNREACHABLE = 4;

    /// By code (RFC 4443 section 3.1), before the destination.
    private static final Map<Integer, String> UNREACHABLE =
            Map.of(
                    0,
                    "unreachable route ",
                    1,
                    "unreachable prohibited ",
                    2,
                    "beyond scope ",
                    3,
                    "unreachable address ",
                    PORT_UNREACHABLE,
                    "unreachable port, ");

    /// By code (RFC 4443 section 3.4), before the place.
    private static final Map<Integer, String> PROBLEM =
            Map.of(0, "erroneous", 1, "next header", 2, "option");

    private Icmpv6Text() {}

    /// @param missing the bytes of the message beyond the capture
    static String of(Icmpv6.View view, int missing) {
        String type = TYPES.getOrDefault(view.type(), "type-#" + view.type());
        return String.format(
                Locale.ROOT,
                "ICMP6, %s, length %d",
                text(view, type),
                view.bytes().length() + missing);
    }

    private static String text(Icmpv6.View view, String type) {
        return switch (view.type()) {
            case Icmpv6.ECHO_REQUEST -> IcmpText.echo("echo request", view.body().u32(0));
            case Icmpv6.ECHO_REPLY -> IcmpText.echo("echo reply", view.body().u32(0));
            case Icmpv6.DESTINATION_UNREACHABLE -> type + ", " + unreachable(view);
            case Icmpv6.PACKET_TOO_BIG -> type + ", mtu " + view.body().u32(0);
            case Icmpv6.TIME_EXCEEDED ->
                    view.code() == 0
                            ? type + " in-transit for " + quotedDestination(view)
                            : "ip reassembly " + type;
            case Icmpv6.PARAMETER_PROBLEM ->
                    String.format(
                            Locale.ROOT,
                            "%s, %s - octet %d",
                            type,
                            PROBLEM.getOrDefault(view.code(), "code-#" + view.code()),
                            view.body().u32(0));
            case NeighbourDiscovery.NEIGHBOUR_SOLICITATION ->
                    type + ", who has " + address(view, 4);
            case NeighbourDiscovery.NEIGHBOUR_ADVERTISEMENT ->
                    type + ", tgt is " + address(view, 4);
            case NeighbourDiscovery.REDIRECT ->
                    String.format(
                            Locale.ROOT, "%s, %s to %s", type, address(view, 20), address(view, 4));
            case MULTICAST_REPORT -> type + groups(view.payload());
            default -> type;
        };
    }

    private static String groups(Slice report) {
        return report.length() < 4 ? "" : ", " + report.u16(2) + " group record(s)";
    }

    private static String address(Icmpv6.View view, int at) {
        return IpAddresses.text(IpAddresses.v6(view.body(), at));
    }

    private static String unreachable(Icmpv6.View view) {
        String code = UNREACHABLE.getOrDefault(view.code(), "code-#" + view.code() + " ");
        String port =
                view.code() == PORT_UNREACHABLE
                        ? quoted(view)
                                .map(ip -> " " + IcmpText.port(ip.nextHeader(), ip.payload()))
                                .orElse("")
                        : "";
        return code + quotedDestination(view) + port;
    }

    private static Optional<Ipv6.View> quoted(Icmpv6.View view) {
        return view.quoted().flatMap(packet -> packet.first(Ipv6.View.class));
    }

    private static String quotedDestination(Icmpv6.View view) {
        return quoted(view).map(ip -> IpAddresses.text(ip.destination())).orElse("?");
    }
}
