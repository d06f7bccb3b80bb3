package dev.weft.cli.lab;

import dev.weft.wire.Arp;
import dev.weft.wire.Icmpv4;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.Ipv4;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import dev.weft.wire.Tcp;
import dev.weft.wire.TcpFlags;
import dev.weft.wire.Udp;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What identifies a packet on its way, whatever address translation and routers do to it.
///
/// @param protocol its name for a person: `ICMP`, `TCP`, `UDP`, `ARP`
/// @param source address, with port where there is one
/// @param destination likewise
/// @param summary what the packet is, without addresses: `echo request`, `SYN`
/// @param identity equal at every sighting of the packet, and of no other of the same exchange
/// @param isLandmark false for packets that teach nothing more, such as bare acknowledgements
record Flow(
        String protocol,
        String source,
        String destination,
        String summary,
        Identity identity,
        boolean isLandmark) {

    /// The parts of a packet that translation and forwarding leave alone.
    record Identity(String what, long first, long second, Slice payload) {}

    /// Whether it is an echo, or a question for one, of an earlier sequence number.
    boolean isEchoBefore(int sequenceNumber) {
        return protocol.equals("ICMP")
                && summary.startsWith("echo")
                && identity.second() < sequenceNumber;
    }

    /// Reads a packet; nothing when a lab does not follow its protocol.
    static Optional<Flow> of(Packet packet) {
        Optional<Ipv4.View> ip = packet.first(Ipv4.View.class);
        if (ip.isEmpty()) {
            return packet.first(Arp.View.class)
                    .filter(Arp.View::isIpv4OverEthernet)
                    .map(Flow::ofArp);
        }
        return packet.first(Icmpv4.View.class)
                .map(icmp -> ofIcmp(ip.get(), icmp))
                .or(() -> packet.first(Tcp.View.class).map(tcp -> ofTcp(ip.get(), tcp)))
                .or(() -> packet.first(Udp.View.class).map(udp -> ofUdp(ip.get(), udp)));
    }

    private static Flow ofArp(Arp.View view) {
        Arp arp = view.value();
        String sender = IpAddresses.text(arp.senderIp());
        String target = IpAddresses.text(arp.targetIp());
        boolean isRequest = arp.operation() == Arp.REQUEST;
        String summary =
                isRequest ? "who has " + target + "?" : sender + " is at " + arp.senderMac();
        Identity identity =
                new Identity(summary, arp.operation(), arp.senderMac().value(), Slice.EMPTY);
        return new Flow("ARP", sender, target, summary, identity, true);
    }

    private static Flow ofIcmp(Ipv4.View ip, Icmpv4.View icmp) {
        boolean isEcho = icmp.type() == Icmpv4.ECHO_REQUEST || icmp.type() == Icmpv4.ECHO_REPLY;
        String summary = icmpSummary(icmp);
        // An error quotes the packet it is about, which translation rewrites as well.
        Slice payload = isEcho ? icmp.payload() : Slice.EMPTY;
        long sequenceNumber = isEcho ? icmp.rest() & 0xffff : 0;
        Identity identity = new Identity(summary, icmp.type(), sequenceNumber, payload);
        return new Flow(
                "ICMP",
                IpAddresses.text(ip.source()),
                IpAddresses.text(ip.destination()),
                summary,
                identity,
                true);
    }

    private static String icmpSummary(Icmpv4.View icmp) {
        return switch (icmp.type()) {
            case Icmpv4.ECHO_REQUEST -> "echo request " + (icmp.rest() & 0xffff);
            case Icmpv4.ECHO_REPLY -> "echo reply " + (icmp.rest() & 0xffff);
            case Icmpv4.DESTINATION_UNREACHABLE -> unreachable(icmp.code());
            case Icmpv4.REDIRECT -> "redirect";
            case Icmpv4.TIME_EXCEEDED -> "time exceeded";
            default -> "type " + icmp.type();
        };
    }

    /// The codes of RFC 792 that labs meet.
    private static String unreachable(int code) {
        return switch (code) {
            case 0 -> "network unreachable";
            case 1 -> "host unreachable";
            case 3 -> "port unreachable";
            default -> "unreachable, code " + code;
        };
    }

    private static Flow ofTcp(Ipv4.View ip, Tcp.View tcp) {
        String summary = tcpSummary(tcp);
        Identity identity =
                new Identity(
                        summary, tcp.sequenceNumber(), tcp.acknowledgementNumber(), tcp.payload());
        boolean isLandmark =
                tcp.flags().contains(TcpFlags.SYN)
                        || tcp.flags().contains(TcpFlags.RST)
                        || tcp.payload().length() > 0;
        return new Flow(
                "TCP",
                IpAddresses.text(ip.source()) + ":" + tcp.sourcePort(),
                IpAddresses.text(ip.destination()) + ":" + tcp.destinationPort(),
                summary,
                identity,
                isLandmark);
    }

    private static String tcpSummary(Tcp.View tcp) {
        String flags =
                Stream.of(
                                Map.entry("SYN", TcpFlags.SYN),
                                Map.entry("FIN", TcpFlags.FIN),
                                Map.entry("RST", TcpFlags.RST),
                                Map.entry("ACK", TcpFlags.ACK))
                        .filter(flag -> tcp.flags().contains(flag.getValue()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.joining("+"));
        int bytes = tcp.payload().length();
        return bytes == 0 ? flags : bytes + " bytes of data";
    }

    private static Flow ofUdp(Ipv4.View ip, Udp.View udp) {
        String summary = udp.payload().length() + " bytes of data";
        return new Flow(
                "UDP",
                IpAddresses.text(ip.source()) + ":" + udp.sourcePort(),
                IpAddresses.text(ip.destination()) + ":" + udp.destinationPort(),
                summary,
                new Identity(summary, 0, 0, udp.payload()),
                true);
    }
}
