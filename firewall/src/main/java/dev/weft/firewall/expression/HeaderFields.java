package dev.weft.firewall.expression;

import static dev.weft.firewall.value.DataType.ARP_OP;
import static dev.weft.firewall.value.DataType.BITMASK;
import static dev.weft.firewall.value.DataType.DCCP_PKTTYPE;
import static dev.weft.firewall.value.DataType.DSCP;
import static dev.weft.firewall.value.DataType.ECN;
import static dev.weft.firewall.value.DataType.ETHER_ADDR;
import static dev.weft.firewall.value.DataType.ETHER_TYPE;
import static dev.weft.firewall.value.DataType.ICMPV6_CODE;
import static dev.weft.firewall.value.DataType.ICMPV6_TYPE;
import static dev.weft.firewall.value.DataType.ICMP_CODE;
import static dev.weft.firewall.value.DataType.ICMP_TYPE;
import static dev.weft.firewall.value.DataType.IGMP_TYPE;
import static dev.weft.firewall.value.DataType.INET_PROTO;
import static dev.weft.firewall.value.DataType.INET_SERVICE;
import static dev.weft.firewall.value.DataType.INTEGER;
import static dev.weft.firewall.value.DataType.IPV4_ADDR;
import static dev.weft.firewall.value.DataType.IPV6_ADDR;
import static dev.weft.firewall.value.DataType.TCP_FLAG;

import dev.weft.firewall.value.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The one table of the fields of headers. What is built from fields and what is read back go by it
/// alike.
///
/// Sources: IEEE 802.3 and 802.1Q; RFC 826 (ARP), 791 (IPv4), 8200 (IPv6), 2474 and 3168 (DSCP,
/// ECN), 792 (ICMP), 4443 and 4861 (ICMPv6), 2236 (IGMP), 9293 (TCP), 768 (UDP), 3828 (UDP-Lite),
/// 4340 (DCCP), 9260 (SCTP), 4302 (AH), 4303 (ESP), 3173 (compression).
public final class HeaderFields {
    private static final int PORT_BITS = 16;
    private static final Map<Header, List<HeaderField>> ALL = new EnumMap<>(Header.class);

    static {
        header(Header.ETHER)
                .at(0, 48, "daddr", ETHER_ADDR)
                .at(48, 48, "saddr", ETHER_ADDR)
                .at(96, 16, "type", ETHER_TYPE);
        header(Header.VLAN)
                .at(112, 3, "pcp", INTEGER)
                .at(115, 1, "dei", INTEGER)
                .at(116, 12, "id", INTEGER)
                .at(128, 16, "type", ETHER_TYPE);
        header(Header.ARP)
                .at(0, 16, "htype", INTEGER)
                .at(16, 16, "ptype", ETHER_TYPE)
                .at(32, 8, "hlen", INTEGER)
                .at(40, 8, "plen", INTEGER)
                .at(48, 16, "operation", ARP_OP)
                .at(64, 48, "saddr ether", ETHER_ADDR)
                .at(112, 32, "saddr ip", IPV4_ADDR)
                .at(144, 48, "daddr ether", ETHER_ADDR)
                .at(192, 32, "daddr ip", IPV4_ADDR);
        header(Header.IP)
                .at(0, 4, "version", INTEGER)
                .at(4, 4, "hdrlength", INTEGER)
                .at(8, 6, "dscp", DSCP)
                .at(14, 2, "ecn", ECN)
                .at(16, 16, "length", INTEGER)
                .at(32, 16, "id", INTEGER)
                .at(48, 16, "frag-off", INTEGER)
                .at(64, 8, "ttl", INTEGER)
                .at(72, 8, "protocol", INET_PROTO)
                .at(80, 16, "checksum", INTEGER)
                .at(96, 32, "saddr", IPV4_ADDR)
                .at(128, 32, "daddr", IPV4_ADDR);
        header(Header.IP6)
                .at(0, 4, "version", INTEGER)
                .at(4, 6, "dscp", DSCP)
                .at(10, 2, "ecn", ECN)
                .at(12, 20, "flowlabel", INTEGER)
                .at(32, 16, "length", INTEGER)
                .at(48, 8, "nexthdr", INET_PROTO)
                .at(56, 8, "hoplimit", INTEGER)
                .at(64, 128, "saddr", IPV6_ADDR)
                .at(192, 128, "daddr", IPV6_ADDR);
        header(Header.ICMP)
                .at(0, 8, "type", ICMP_TYPE)
                .at(8, 8, "code", ICMP_CODE)
                .at(16, 16, "checksum", INTEGER)
                .at(32, 16, "id", INTEGER)
                .at(48, 16, "sequence", INTEGER)
                .at(32, 32, "gateway", INTEGER)
                .at(48, 16, "mtu", INTEGER);
        header(Header.ICMPV6)
                .at(0, 8, "type", ICMPV6_TYPE)
                .at(8, 8, "code", ICMPV6_CODE)
                .at(16, 16, "checksum", INTEGER)
                .at(32, 32, "parameter-problem", INTEGER)
                .at(32, 32, "mtu", INTEGER)
                .at(32, 16, "id", INTEGER)
                .at(48, 16, "sequence", INTEGER)
                .at(32, 16, "max-delay", INTEGER);
        header(Header.IGMP)
                .at(0, 8, "type", IGMP_TYPE)
                .at(8, 8, "mrt", INTEGER)
                .at(16, 16, "checksum", INTEGER)
                .at(32, 32, "group", INTEGER);
        header(Header.TCP)
                .ports()
                .at(32, 32, "sequence", INTEGER)
                .at(64, 32, "ackseq", INTEGER)
                .at(96, 4, "doff", INTEGER)
                .at(100, 4, "reserved", INTEGER)
                .at(104, 8, "flags", TCP_FLAG)
                .at(112, 16, "window", INTEGER)
                .at(128, 16, "checksum", INTEGER)
                .at(144, 16, "urgptr", INTEGER);
        header(Header.UDP).ports().at(32, 16, "length", INTEGER).at(48, 16, "checksum", INTEGER);
        header(Header.UDPLITE)
                .ports()
                .at(32, 16, "csumcov", INTEGER)
                .at(48, 16, "checksum", INTEGER);
        header(Header.DCCP).ports().at(67, 4, "type", DCCP_PKTTYPE);
        header(Header.SCTP).ports().at(32, 32, "vtag", INTEGER).at(64, 32, "checksum", INTEGER);
        header(Header.AH)
                .at(0, 8, "nexthdr", INET_PROTO)
                .at(8, 8, "hdrlength", INTEGER)
                .at(16, 16, "reserved", INTEGER)
                .at(32, 32, "spi", INTEGER)
                .at(64, 32, "sequence", INTEGER);
        header(Header.ESP).at(0, 32, "spi", INTEGER).at(32, 32, "sequence", INTEGER);
        header(Header.COMP)
                .at(0, 8, "nexthdr", INET_PROTO)
                .at(8, 8, "flags", BITMASK)
                .at(16, 16, "cpi", INTEGER);
        header(Header.TH).ports();
    }

    private final Header header;
    private final List<HeaderField> fields = new ArrayList<>();

    private HeaderFields(Header header) {
        this.header = header;
    }

    private static HeaderFields header(Header header) {
        HeaderFields described = new HeaderFields(header);
        ALL.put(header, described.fields);
        return described;
    }

    private HeaderFields at(int offsetBits, int lengthBits, String name, DataType type) {
        fields.add(new HeaderField(header, name, offsetBits, lengthBits, type));
        return this;
    }

    private HeaderFields ports() {
        return at(0, PORT_BITS, "sport", INET_SERVICE)
                .at(PORT_BITS, PORT_BITS, "dport", INET_SERVICE);
    }

    /// The fields of a header; some stand at the same place, for messages of different types.
    public static List<HeaderField> of(Header header) {
        return Collections.unmodifiableList(ALL.getOrDefault(header, List.of()));
    }

    /// A field by the name that `nft` gives it.
    public static Optional<HeaderField> find(Header header, String name) {
        return of(header).stream().filter(field -> field.name().equals(name)).findFirst();
    }
}
