package dev.weft.wire;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A packet on one line, in the words of `tcpdump -nn`, so that what people know from there reads
/// the same here. An encapsulated packet continues the line; what is malformed stands at its end.
final class OneLine {
    private final StringBuilder line = new StringBuilder();
    private final boolean showsLink;

    /// The innermost IP addresses so far, which a transport repeats with its ports.
    private String source = "";

    private String destination = "";

    private OneLine(boolean showsLink) {
        this.showsLink = showsLink;
    }

    static String of(Packet packet) {
        return new OneLine(false).print(packet);
    }

    static String withLink(Packet packet) {
        return new OneLine(true).print(packet);
    }

    private String print(Packet packet) {
        List<Layer> layers = packet.layers();
        for (int i = 0; i < layers.size(); i++) {
            Optional<Layer> next =
                    i + 1 < layers.size() ? Optional.of(layers.get(i + 1)) : Optional.empty();
            print(layers.get(i), next);
        }
        if (layers.isEmpty()) {
            line.append("length ").append(packet.payload().length());
        }
        packet.problems().forEach(problem -> line.append(" [").append(problem).append(']'));
        return line.toString();
    }

    private void print(Layer layer, Optional<Layer> next) {
        switch (layer) {
            case Ethernet.View ethernet -> print(ethernet, next);
            case LinuxCooked.View cooked -> printUnknown(cooked.type(), cooked.payload(), next);
            case Vlan.View vlan -> print(vlan, next);
            case Arp.View arp -> line.append(ArpText.of(arp));
            case Ipv4.View ip -> {
                line.append("IP ");
                print(ip.source(), ip.destination(), ip.protocol());
                printUnknown(ip.protocol(), ip.payload(), next);
            }
            case Ipv6.View ip -> {
                line.append("IP6 ");
                print(ip.source(), ip.destination(), ip.nextHeader());
                printUnknown(ip.nextHeader(), ip.payload(), next);
            }
            case Ipv6Options.View options -> {
                line.append(options.kind() == Ipv6Options.Kind.HOP_BY_HOP ? "HBH " : "DSTOPT ");
                printUnknown(options.nextHeader(), options.payload(), next);
            }
            case Ipv6Routing.View routing -> {
                print(
                        String.format(
                                Locale.ROOT,
                                "srcrt (type=%d, segleft=%d) ",
                                routing.type(),
                                routing.segmentsLeft()));
                printUnknown(routing.nextHeader(), routing.payload(), next);
            }
            case Ipv6Fragment.View fragment -> {
                print(
                        String.format(
                                Locale.ROOT,
                                "frag (%d|%d) ",
                                fragment.offsetBytes(),
                                fragment.payload().length()));
                printUnknown(fragment.nextHeader(), fragment.payload(), next);
            }
            case Authentication.View header -> {
                print(
                        String.format(
                                Locale.ROOT,
                                "AH(spi=0x%08x,seq=0x%x): ",
                                header.securityParameterIndex(),
                                header.sequenceNumber()));
                printUnknown(header.nextHeader(), header.payload(), next);
            }
            case Icmpv4.View icmp -> line.append(IcmpText.of(icmp));
            case Icmpv6.View icmp -> line.append(Icmpv6Text.of(icmp));
            case Udp.View udp -> print(udp, next);
            case Tcp.View tcp -> print(tcp);
            case Vxlan.View vxlan ->
                    print(
                            String.format(
                                    Locale.ROOT,
                                    "VXLAN, flags [%s] (0x%02x), vni %d: ",
                                    vxlan.hasValidId() ? "I" : ".",
                                    vxlan.flags(),
                                    vxlan.networkId()));
        }
    }

    private void print(String text) {
        line.append(text);
    }

    private void print(Ethernet.View ethernet, Optional<Layer> next) {
        if (showsLink) {
            print(
                    String.format(
                            Locale.ROOT, "%s > %s, ", ethernet.source(), ethernet.destination()));
        }
        printUnknown(ethernet.type(), ethernet.payload(), next);
    }

    private void print(Vlan.View vlan, Optional<Layer> next) {
        if (showsLink) {
            print(String.format(Locale.ROOT, "vlan %d, p %d, ", vlan.id(), vlan.priority()));
        }
        printUnknown(vlan.type(), vlan.payload(), next);
    }

    private void printUnknown(EtherType type, Slice payload, Optional<Layer> next) {
        if (next.isEmpty()) {
            String what = type.isLength() ? "802.3" : "ethertype " + type;
            print(String.format(Locale.ROOT, "%s, length %d", what, payload.length()));
        }
    }

    private void printUnknown(IpProtocol protocol, Slice payload, Optional<Layer> next) {
        if (next.isEmpty()) {
            print(String.format(Locale.ROOT, "ip-proto-%s, length %d", protocol, payload.length()));
        }
    }

    /// Protocols with ports print the addresses themselves.
    private void print(InetAddress from, InetAddress to, IpProtocol protocol) {
        source = IpAddresses.text(from);
        destination = IpAddresses.text(to);
        if (!protocol.equals(IpProtocol.UDP) && !protocol.equals(IpProtocol.TCP)) {
            print(String.format(Locale.ROOT, "%s > %s: ", source, destination));
        }
    }

    private void printPorts(int sourcePort, int destinationPort) {
        print(
                String.format(
                        Locale.ROOT,
                        "%s.%d > %s.%d: ",
                        source,
                        sourcePort,
                        destination,
                        destinationPort));
    }

    private void print(Udp.View udp, Optional<Layer> next) {
        printPorts(udp.sourcePort(), udp.destinationPort());
        if (next.isEmpty()) {
            print(
                    String.format(
                            Locale.ROOT, "UDP, length %d", udp.payload().length() + udp.missing()));
        }
    }

    private void print(Tcp.View tcp) {
        printPorts(tcp.sourcePort(), tcp.destinationPort());
        print(String.format(Locale.ROOT, "Flags [%s]", tcp.flags()));
        line.append(TcpText.sequence(tcp));
        if (tcp.flags().contains(TcpFlags.ACK)) {
            print(String.format(Locale.ROOT, ", ack %d", tcp.acknowledgementNumber()));
        }
        print(String.format(Locale.ROOT, ", win %d", tcp.window()));
        if (tcp.flags().contains(TcpFlags.URG)) {
            print(String.format(Locale.ROOT, ", urg %d", tcp.urgentPointer()));
        }
        line.append(TcpText.options(tcp));
        print(String.format(Locale.ROOT, ", length %d", tcp.payload().length()));
    }
}
