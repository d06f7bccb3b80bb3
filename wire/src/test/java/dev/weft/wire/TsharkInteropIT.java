package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.testkit.Command;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Our frames and how we read them beside what Wireshark's decoders say.
final class TsharkInteropIT {
    private static final List<String> FIELDS =
            List.of(
                    "frame.protocols",
                    "_ws.malformed",
                    "eth.src",
                    "eth.dst",
                    "vlan.id",
                    "arp.opcode",
                    "arp.src.proto_ipv4",
                    "arp.dst.proto_ipv4",
                    "ip.src",
                    "ip.dst",
                    "ip.ttl",
                    "ip.frag_offset",
                    "ip.checksum.status",
                    "ipv6.src",
                    "ipv6.dst",
                    "ipv6.hlim",
                    "ipv6.fraghdr.ident",
                    "udp.srcport",
                    "udp.dstport",
                    "udp.checksum.status",
                    "tcp.srcport",
                    "tcp.dstport",
                    "tcp.seq_raw",
                    "tcp.window_size_value",
                    "tcp.checksum.status",
                    "icmp.type",
                    "icmp.code",
                    "icmp.checksum.status",
                    "icmpv6.type",
                    "icmpv6.code",
                    "icmpv6.checksum.status",
                    "vxlan.vni",
                    "dhcp.type",
                    "dhcp.id",
                    "dhcp.secs",
                    "dhcp.ip.your",
                    "dhcp.hw.mac_addr",
                    "dhcp.option.dhcp",
                    "dhcp.option.ip_address_lease_time",
                    "dhcp.option.subnet_mask",
                    "dhcp.option.router",
                    "dhcp.option.interface_mtu",
                    "dhcp.option.domain_name",
                    "dhcp.option.dhcp_dns_domain_search_list_fqdn",
                    "dhcpv6.msgtype",
                    "dhcpv6.xid",
                    "dhcpv6.iaid",
                    "dhcpv6.iaaddr.ip",
                    "dhcpv6.iaaddr.valid_lifetime",
                    "dhcpv6.iaprefix.pref_addr",
                    "dhcpv6.iaprefix.pref_len",
                    "dhcpv6.dns_server",
                    "dhcpv6.status_msg");

    @BeforeAll
    static void tsharkIsInstalled() {
        assumeTrue(Command.isInstalled("tshark"), "tshark is not installed");
    }

    @Test
    void everyFrame_isReadByTsharkAsByUs() {
        assertSameReading(Samples.all());
    }

    @Test
    void everyFrameWithAFlippedBit_hasTheChecksumsThatTsharkFinds() {
        Map<String, byte[]> damaged = Samples.all();
        damaged.values().forEach(frame -> frame[frame.length - 1] ^= 1);
        assertSameReading(damaged);
    }

    private static void assertSameReading(Map<String, byte[]> samples) {
        List<Map<String, String>> rows = tshark(Captures.of(samples.values()));
        assertThat(rows).hasSameSizeAs(samples.values());
        var row = rows.iterator();
        samples.forEach((name, frame) -> {
            Map<String, String> theirs = row.next();
            Packet packet = Packet.decode(LinkType.ETHERNET, Slice.of(frame));
            assertThat(theirs).as(name).containsAllEntriesOf(ours(packet));
            assertThat(theirs.get("_ws.malformed")).as(name).isEmpty();
            assertThat(theirs.get("frame.protocols")).as(name).startsWith(names(packet));
        });
    }

    private static List<Map<String, String>> tshark(byte[] capture) {
        List<String> argv = new ArrayList<>(List.of("tshark", "-n", "-r", "-", "-T", "fields"));
        FIELDS.forEach(field -> argv.addAll(List.of("-e", field)));
        Stream.of("ip", "tcp", "udp")
                .forEach(name -> argv.addAll(List.of("-o", name + ".check_checksum:TRUE")));
        argv.addAll(List.of("-E", "separator=|", "-E", "occurrence=f"));
        return Command.of(argv.toArray(String[]::new))
                .stdin(capture)
                .within(Duration.ofSeconds(60))
                .run()
                .orFail()
                .stdout()
                .lines()
                .map(TsharkInteropIT::row)
                .toList();
    }

    private static Map<String, String> row(String line) {
        String[] values = line.split("\\|", -1);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            row.put(FIELDS.get(i), values[i]);
        }
        return row;
    }

    private static String names(Packet packet) {
        return packet.layers().stream()
                .map(TsharkInteropIT::name)
                .collect(Collectors.joining(":"))
                .replaceFirst(
                        "ethertype:vlan:ethertype:vlan", "ethertype:ieee8021ad:ethertype:vlan");
    }

    private static String name(Layer layer) {
        return switch (layer) {
            case Ethernet.View _ -> "eth:ethertype";
            case LinuxCooked.View _ -> "sll";
            case Vlan.View _ -> "vlan:ethertype";
            case Arp.View _ -> "arp";
            case Ipv4.View _ -> "ip";
            case Ipv6.View _ -> "ipv6";
            case Ipv6Options.View options ->
                    options.kind() == Ipv6Options.Kind.HOP_BY_HOP ? "ipv6.hopopts" : "ipv6.dstopts";
            case Ipv6Routing.View _ -> "ipv6.routing";
            case Ipv6Fragment.View _ -> "ipv6.fraghdr";
            case Authentication.View _ -> "ah";
            case Icmpv4.View _ -> "icmp";
            case Icmpv6.View _ -> "icmpv6";
            case Udp.View _ -> "udp";
            case Tcp.View _ -> "tcp";
            case Vxlan.View _ -> "vxlan";
            case Dhcpv4.View _ -> "dhcp";
            case Dhcpv6.View _ -> "dhcpv6";
        };
    }

    /// What the outermost layer of each kind says, in tshark's words.
    private static Map<String, String> ours(Packet packet) {
        Map<String, String> ours = new HashMap<>();
        for (Layer layer : packet.layers().reversed()) {
            put(ours, layer);
            switch (packet.checksum(layer)) {
                case GOOD -> ours.put(name(layer) + ".checksum.status", "1");
                case BAD -> ours.put(name(layer) + ".checksum.status", "0");
                case ABSENT, UNVERIFIABLE -> {
                    // Nothing to compare.
                }
            }
        }
        return ours;
    }

    private static void put(Map<String, String> ours, Layer layer) {
        switch (layer) {
            case Ethernet.View ethernet -> {
                ours.put("eth.src", ethernet.source().toString());
                ours.put("eth.dst", ethernet.destination().toString());
            }
            // A service tag around it has a field of its own there.
            case Vlan.View vlan -> ours.putIfAbsent("vlan.id", "" + vlan.id());
            case Arp.View arp -> {
                ours.put("arp.opcode", "" + arp.operation());
                ours.put("arp.src.proto_ipv4", text(arp.value().senderIp()));
                ours.put("arp.dst.proto_ipv4", text(arp.value().targetIp()));
            }
            case Ipv4.View ip -> {
                ours.put("ip.src", text(ip.source()));
                ours.put("ip.dst", text(ip.destination()));
                ours.put("ip.ttl", "" + ip.timeToLive());
                // In the header's units of eight bytes.
                ours.put("ip.frag_offset", "" + ip.fragmentOffsetBytes() / 8);
            }
            case Ipv6.View ip -> {
                ours.put("ipv6.src", text(ip.source()));
                ours.put("ipv6.dst", text(ip.destination()));
                ours.put("ipv6.hlim", "" + ip.hopLimit());
            }
            case Ipv6Fragment.View fragment ->
                    ours.put(
                            "ipv6.fraghdr.ident",
                            "0x" + Long.toHexString(fragment.identification()));
            case Icmpv4.View icmp -> {
                ours.put("icmp.type", "" + icmp.type());
                ours.put("icmp.code", "" + icmp.code());
            }
            case Icmpv6.View icmp -> {
                ours.put("icmpv6.type", "" + icmp.type());
                ours.put("icmpv6.code", "" + icmp.code());
            }
            case Udp.View udp -> {
                ours.put("udp.srcport", "" + udp.sourcePort());
                ours.put("udp.dstport", "" + udp.destinationPort());
            }
            case Tcp.View tcp -> {
                ours.put("tcp.srcport", "" + tcp.sourcePort());
                ours.put("tcp.dstport", "" + tcp.destinationPort());
                ours.put("tcp.seq_raw", "" + tcp.sequenceNumber());
                ours.put("tcp.window_size_value", "" + tcp.window());
            }
            case Vxlan.View vxlan -> ours.put("vxlan.vni", "" + vxlan.networkId());
            case Dhcpv4.View dhcp -> put(ours, dhcp);
            case Dhcpv6.View dhcp -> put(ours, dhcp);
            case LinuxCooked.View _,
                    Ipv6Options.View _,
                    Ipv6Routing.View _,
                    Authentication.View _ -> {
                // Compared by name alone.
            }
        }
    }

    private static void put(Map<String, String> ours, Dhcpv6.View dhcp) {
        ours.put("dhcpv6.msgtype", "" + dhcp.type());
        ours.put("dhcpv6.xid", "0x" + Integer.toHexString(dhcp.transactionId()));
        Dhcpv6Options options = dhcp.value().options();
        for (Dhcpv6Association association : options.associations().reversed()) {
            ours.put("dhcpv6.iaid", HexFormat.of().toHexDigits((int) association.id()));
            for (Dhcpv6Association.Lent lent : association.lent()) {
                if (association.isOfPrefixes()) {
                    ours.put("dhcpv6.iaprefix.pref_addr", text(lent.address()));
                    ours.put("dhcpv6.iaprefix.pref_len", "" + lent.lengthBits());
                } else {
                    ours.put("dhcpv6.iaaddr.ip", text(lent.address()));
                    ours.put("dhcpv6.iaaddr.valid_lifetime", "" + lent.validSeconds());
                }
            }
        }
        options.addresses(23).stream()
                .findFirst()
                .ifPresent(server -> ours.put("dhcpv6.dns_server", text(server)));
        ours.put("dhcpv6.status_msg", options.status().message());
    }

    private static void put(Map<String, String> ours, Dhcpv4.View dhcp) {
        ours.put("dhcp.type", "" + dhcp.operation());
        ours.put("dhcp.id", "0x" + HexFormat.of().toHexDigits((int) dhcp.transactionId()));
        ours.put("dhcp.secs", "" + dhcp.seconds());
        ours.put("dhcp.ip.your", text(dhcp.your()));
        ours.put("dhcp.hw.mac_addr", dhcp.value().hardware().toString());
        Dhcpv4Options options = dhcp.options();
        options.messageType().ifPresent(type -> ours.put("dhcp.option.dhcp", "" + type.value()));
        options.u32(51).ifPresent(time -> ours.put("dhcp.option.ip_address_lease_time", "" + time));
        options.address(1).ifPresent(mask -> ours.put("dhcp.option.subnet_mask", text(mask)));
        options.addresses(3).stream()
                .findFirst()
                .ifPresent(router -> ours.put("dhcp.option.router", text(router)));
        options.u16(26).ifPresent(mtu -> ours.put("dhcp.option.interface_mtu", "" + mtu));
        options.text(15).ifPresent(name -> ours.put("dhcp.option.domain_name", name));
        options.domainSearch().stream()
                .findFirst()
                .ifPresent(name -> ours.put("dhcp.option.dhcp_dns_domain_search_list_fqdn", name));
    }

    private static String text(InetAddress address) {
        return IpAddresses.text(address);
    }
}
