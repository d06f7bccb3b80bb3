package dev.weft.wire;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A packet on one line, in the words of `tcpdump -nn`, so that what people know from there reads
/// the same here. An encapsulated packet continues the line; what is malformed stands at its end.
final class OneLine {
    private static final HexFormat HEX = HexFormat.of();

    /// By type, spelled as tcpdump does.
    private static final Map<Integer, String> DHCPV6_TYPES =
            Map.ofEntries(
                    Map.entry(Dhcpv6.SOLICIT, "solicit"),
                    Map.entry(Dhcpv6.ADVERTISE, "advertise"),
                    Map.entry(Dhcpv6.REQUEST, "request"),
                    Map.entry(Dhcpv6.CONFIRM, "confirm"),
                    Map.entry(Dhcpv6.RENEW, "renew"),
                    Map.entry(Dhcpv6.REBIND, "rebind"),
                    Map.entry(Dhcpv6.REPLY, "reply"),
                    Map.entry(Dhcpv6.RELEASE, "release"),
                    Map.entry(Dhcpv6.DECLINE, "decline"),
                    Map.entry(Dhcpv6.RECONFIGURE, "reconfigure"),
                    Map.entry(Dhcpv6.INFORMATION_REQUEST, "inf-req"),
                    Map.entry(Dhcpv6.RELAY_FORWARD, "relay-fwd"),
                    Map.entry(Dhcpv6.RELAY_REPLY, "relay-reply"));

    private final StringBuilder line = new StringBuilder();
    private final boolean showsLink;

    /// The innermost IP addresses so far, which a transport repeats with its ports.
    private String source = "";

    private String destination = "";

    /// What the innermost IP packet has beyond the capture: lengths are those on the wire.
    private int missing;

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
            boolean isLast = i == layers.size() - 1;
            print(layers.get(i), isLast ? Optional.of(packet.payload()) : Optional.empty());
        }
        if (layers.isEmpty()) {
            print("length " + packet.payload().length());
        }
        packet.problems().forEach(problem -> print(" [" + problem + "]"));
        return line.toString().strip();
    }

    /// @param undecoded what the layer carries when that is no layer
    private void print(Layer layer, Optional<Slice> undecoded) {
        switch (layer) {
            case Ethernet.View ethernet -> print(ethernet, undecoded);
            case LinuxCooked.View cooked -> print(cooked.type(), undecoded);
            case Vlan.View vlan -> print(vlan, undecoded);
            case Arp.View arp -> print(ArpText.of(arp));
            case Ipv4.View ip -> print(ip, undecoded);
            case Ipv6.View ip -> print(ip, undecoded);
            case Ipv6Options.View options -> print(options, undecoded);
            case Ipv6Routing.View routing -> print(routing, undecoded);
            case Ipv6Fragment.View fragment -> print(fragment, undecoded);
            case Authentication.View header -> print(header, undecoded);
            case Icmpv4.View icmp -> print(IcmpText.of(icmp, missing));
            case Icmpv6.View icmp -> print(Icmpv6Text.of(icmp, missing));
            case Udp.View udp -> print(udp, undecoded);
            case Tcp.View tcp -> print(tcp);
            case Vxlan.View vxlan -> print(vxlan);
            case Dhcpv4.View dhcp -> print(dhcp);
            case Dhcpv6.View dhcp -> print(dhcp);
        }
    }

    private void print(String text) {
        line.append(text);
    }

    private void print(Ethernet.View ethernet, Optional<Slice> undecoded) {
        if (showsLink) {
            print(ethernet.source() + " > " + ethernet.destination() + ", ");
        }
        print(ethernet.type(), undecoded);
    }

    private void print(Vlan.View vlan, Optional<Slice> undecoded) {
        if (showsLink) {
            print("vlan " + vlan.id() + ", p " + vlan.priority() + ", ");
        }
        print(vlan.type(), undecoded);
    }

    private void print(EtherType type, Optional<Slice> undecoded) {
        String what = type.isLength() ? "802.3" : "ethertype " + type;
        undecoded.ifPresent(payload -> print(what + ", length " + payload.length()));
    }

    private void print(Ipv4.View ip, Optional<Slice> undecoded) {
        missing = ip.missing();
        print("IP ");
        printAddresses(ip.source(), ip.destination(), ip.protocol(), undecoded);
        if (ip.fragmentOffsetBytes() == 0) {
            print(ip.protocol(), undecoded);
        } else {
            print("ip-proto-" + ip.protocol());
        }
    }

    private void print(Ipv6.View ip, Optional<Slice> undecoded) {
        missing = ip.missing();
        print("IP6 ");
        printAddresses(ip.source(), ip.destination(), ip.nextHeader(), undecoded);
        print(ip.nextHeader(), undecoded);
    }

    /// Protocols with ports print the addresses themselves, once their header is there.
    private void printAddresses(
            InetAddress from, InetAddress to, IpProtocol protocol, Optional<Slice> undecoded) {
        source = IpAddresses.text(from);
        destination = IpAddresses.text(to);
        boolean hasPorts = protocol.equals(IpProtocol.UDP) || protocol.equals(IpProtocol.TCP);
        if (!hasPorts || undecoded.isPresent()) {
            print(source + " > " + destination + ": ");
        }
    }

    private void print(IpProtocol protocol, Optional<Slice> undecoded) {
        undecoded.ifPresent(payload ->
                print(
                        protocol.equals(IpProtocol.NO_NEXT_HEADER)
                                ? "no next header"
                                : "ip-proto-" + protocol + ", length " + payload.length()));
    }

    private void print(Ipv6Options.View options, Optional<Slice> undecoded) {
        print(options.kind() == Ipv6Options.Kind.HOP_BY_HOP ? "HBH " : "DSTOPT ");
        print(options.nextHeader(), undecoded);
    }

    private void print(Ipv6Routing.View routing, Optional<Slice> undecoded) {
        print("srcrt (type=" + routing.type() + ", segleft=" + routing.segmentsLeft() + ") ");
        print(routing.nextHeader(), undecoded);
    }

    private void print(Ipv6Fragment.View fragment, Optional<Slice> undecoded) {
        print("frag (" + fragment.offsetBytes() + "|" + fragment.payload().length() + ") ");
        if (fragment.offsetBytes() == 0) {
            print(fragment.nextHeader(), undecoded);
        }
    }

    private void print(Authentication.View header, Optional<Slice> undecoded) {
        String index = HEX.toHexDigits((int) header.securityParameterIndex());
        String sequence = Long.toHexString(header.sequenceNumber());
        print("AH(spi=0x" + index + ",seq=0x" + sequence + ",icv=0x" + header.checkValue() + "): ");
        print(header.nextHeader(), undecoded);
    }

    private void printPorts(int sourcePort, int destinationPort) {
        print(source + "." + sourcePort + " > " + destination + "." + destinationPort + ": ");
    }

    private void print(Udp.View udp, Optional<Slice> undecoded) {
        printPorts(udp.sourcePort(), udp.destinationPort());
        undecoded.ifPresent(payload -> print("UDP, length " + (payload.length() + udp.missing())));
    }

    private void print(Tcp.View tcp) {
        printPorts(tcp.sourcePort(), tcp.destinationPort());
        print(TcpText.of(tcp, missing));
    }

    private void print(Vxlan.View vxlan) {
        String flags = HEX.toHexDigits((byte) vxlan.flags());
        String valid = vxlan.hasValidId() ? "I" : ".";
        print("VXLAN, flags [" + valid + "] (0x" + flags + "), vni " + vxlan.networkId() + ": ");
    }

    private void print(Dhcpv4.View dhcp) {
        String from =
                dhcp.isOverEthernet() ? " from " + new MacAddress(dhcp.hardware().u48(0)) : "";
        print("BOOTP/DHCP, ");
        print(
                switch (dhcp.operation()) {
                    case Dhcpv4.REQUEST -> "Request" + from;
                    case Dhcpv4.REPLY -> "Reply";
                    default -> "unknown (0x" + HEX.toHexDigits((byte) dhcp.operation()) + ")";
                });
        print(", length " + dhcp.bytes().length());
    }

    private void print(Dhcpv6.View dhcp) {
        String type = DHCPV6_TYPES.getOrDefault(dhcp.type(), "msgtype-" + dhcp.type());
        print("dhcp6 " + type);
    }
}
