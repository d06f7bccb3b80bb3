package dev.weft.wire;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The line of an ICMP message. Errors name what the quoted packet was for.
final class IcmpText {
    /// By code (RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1), around the
    /// destination.
    private static final Map<Integer, String> UNREACHABLE =
            Map.ofEntries(
                    Map.entry(0, "net %s unreachable"),
                    Map.entry(1, "host %s unreachable"),
                    Map.entry(5, "%s unreachable - source route failed"),
                    Map.entry(6, "net %s unreachable - unknown"),
                    Map.entry(7, "host %s unreachable - unknown"),
                    Map.entry(8, "%s unreachable - source host isolated"),
                    Map.entry(9, "net %s unreachable - admin prohibited"),
                    Map.entry(10, "host %s unreachable - admin prohibited"),
                    Map.entry(11, "net %s unreachable - tos prohibited"),
                    Map.entry(12, "host %s unreachable - tos prohibited"),
                    Map.entry(13, "host %s unreachable - admin prohibited filter"),
                    Map.entry(14, "host %s unreachable - host precedence violation"),
                    Map.entry(15, "host %s unreachable - precedence cutoff"));

    private static final int PROTOCOL_UNREACHABLE = 2;
    private static final int PORT_UNREACHABLE = 3;

    /// By code (RFC 792), around the destination and the better gateway.
    private static final Map<Integer, String> REDIRECT =
            Map.of(
                    0, "redirect %s to net %s",
                    1, "redirect %s to host %s",
                    2, "redirect-tos %s to net %s",
                    3, "redirect-tos %s to host %s");

    private IcmpText() {}

    /// @param missing the bytes of the message beyond the capture
    static String of(Icmpv4.View view, int missing) {
        return String.format(
                Locale.ROOT, "ICMP %s, length %d", text(view), view.bytes().length() + missing);
    }

    private static String text(Icmpv4.View view) {
        return switch (view.type()) {
            case Icmpv4.ECHO_REQUEST -> echo("echo request", view.rest());
            case Icmpv4.ECHO_REPLY -> echo("echo reply", view.rest());
            case Icmpv4.DESTINATION_UNREACHABLE -> unreachable(view);
            case Icmpv4.REDIRECT -> redirect(view);
            case Icmpv4.TIME_EXCEEDED -> timeExceeded(view.code());
            case Icmpv4.PARAMETER_PROBLEM ->
                    view.code() == 0
                            ? "parameter problem - octet " + (view.rest() >>> 24)
                            : "parameter problem - code " + view.code();
            default -> "type-#" + view.type();
        };
    }

    static String echo(String what, long rest) {
        return String.format(Locale.ROOT, "%s, id %d, seq %d", what, rest >>> 16, rest & 0xffff);
    }

    private static String timeExceeded(int code) {
        return switch (code) {
            case 0 -> "time exceeded in-transit";
            case 1 -> "ip reassembly time exceeded";
            default -> "time exceeded-#" + code;
        };
    }

    private static String redirect(Icmpv4.View view) {
        String gateway = IpAddresses.text(IpAddresses.v4(view.bytes(), 4));
        String format =
                REDIRECT.getOrDefault(view.code(), "redirect-#" + view.code() + " %s to %s");
        return String.format(Locale.ROOT, format, quotedDestination(view), gateway);
    }

    private static String unreachable(Icmpv4.View view) {
        String destination = quotedDestination(view);
        return switch (view.code()) {
            case PROTOCOL_UNREACHABLE ->
                    String.format(
                            Locale.ROOT,
                            "%s protocol %s unreachable",
                            destination,
                            quoted(view).map(ip -> ip.protocol().toString()).orElse("?"));
            case PORT_UNREACHABLE ->
                    String.format(
                            Locale.ROOT,
                            "%s %s unreachable",
                            destination,
                            quoted(view)
                                    .map(ip -> port(ip.protocol(), ip.payload()))
                                    .orElse("port ?"));
            case Icmpv4.FRAGMENTATION_NEEDED ->
                    String.format(
                            Locale.ROOT,
                            "%s unreachable - need to frag (mtu %d)",
                            destination,
                            view.rest() & 0xffff);
            default -> String.format(Locale.ROOT, unreachable(view.code()), destination);
        };
    }

    private static String unreachable(int code) {
        return UNREACHABLE.getOrDefault(code, "%s unreachable - #" + code);
    }

    /// The destination port that a quote still shows: eight bytes of the segment are all it must
    /// hold.
    static String port(IpProtocol protocol, Slice segment) {
        String port = segment.length() < 4 ? "?" : Integer.toString(segment.u16(2));
        if (protocol.equals(IpProtocol.UDP)) {
            return "udp port " + port;
        }
        return protocol.equals(IpProtocol.TCP)
                ? "tcp port " + port
                : String.format(Locale.ROOT, "protocol %s port %s", protocol, port);
    }

    private static Optional<Ipv4.View> quoted(Icmpv4.View view) {
        return view.quoted().flatMap(packet -> packet.first(Ipv4.View.class));
    }

    private static String quotedDestination(Icmpv4.View view) {
        return quoted(view).map(ip -> IpAddresses.text(ip.destination())).orElse("?");
    }
}
