package dev.weft.linux.route;

import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// The attributes of a route, of each of its next hops, and of a lookup (`RTA_*`,
/// `include/uapi/linux/rtnetlink.h`).
public final class RouteAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("route");

    /// Where to; the header has the prefix length. Absent for every address.
    public static final Attribute<InetAddress> DESTINATION =
            TABLE.add(1, "RTA_DST", Codecs.ADDRESS);

    /// Where from (routes: IPv6 alone); the header has the prefix length.
    public static final Attribute<InetAddress> SOURCE = TABLE.add(2, "RTA_SRC", Codecs.ADDRESS);

    /// The index of the link the packet came in by.
    public static final Attribute<Integer> INPUT_LINK = TABLE.add(3, "RTA_IIF", Codecs.S32);

    /// The index of the link it leaves by.
    public static final Attribute<Integer> OUTPUT_LINK = TABLE.add(4, "RTA_OIF", Codecs.S32);

    /// The router to send to, of the route's own family.
    public static final Attribute<InetAddress> GATEWAY =
            TABLE.add(5, "RTA_GATEWAY", Codecs.ADDRESS);

    /// The metric: among routes of one prefix the lowest wins. IPv6 makes 1024 of 0.
    public static final Attribute<Long> METRIC = TABLE.add(6, "RTA_PRIORITY", Codecs.U32);

    /// The source address that local senders should use.
    public static final Attribute<InetAddress> PREFERRED_SOURCE =
            TABLE.add(7, "RTA_PREFSRC", Codecs.ADDRESS);

    /// What TCP should assume of the path.
    public static final Attribute<Attributes> METRICS =
            TABLE.nest(8, "RTA_METRICS", RouteMetrics.TABLE);

    /// Several next hops instead of one.
    public static final Attribute<List<RouteNextHop>> NEXT_HOPS =
            TABLE.add(9, "RTA_MULTIPATH", RouteNextHop.LIST);

    /// Realms for classification: the source's in the upper half, the destination's in the lower.
    public static final Attribute<Long> REALMS = TABLE.add(11, "RTA_FLOW", Codecs.U32);

    /// What the kernel counts.
    public static final Attribute<RouteCacheInfo> CACHE_INFO =
            TABLE.add(12, "RTA_CACHEINFO", RouteCacheInfo.CODEC);

    /// The table, also where it does not fit the header.
    public static final Attribute<Long> ROUTE_TABLE = TABLE.add(15, "RTA_TABLE", Codecs.U32);

    /// The firewall mark that a lookup assumes.
    public static final Attribute<Long> MARK = TABLE.add(16, "RTA_MARK", Codecs.U32);

    /// Packets, bytes and wrong interfaces of a multicast route, 64 bits each.
    public static final Attribute<Slice> MULTICAST_STATISTICS =
            TABLE.add(17, "RTA_MFC_STATS", Codecs.BINARY);

    /// The router to send to, of the other family (RFC 5549).
    public static final Attribute<InetAddress> VIA =
            TABLE.add(
                    18,
                    "RTA_VIA",
                    Codec.<InetAddress>of(
                                    "via", RouteAttributes::decodeVia, RouteAttributes::encodeVia)
                            .printedBy(IpPrefix::textOf));

    /// The destination that the packet gets instead, as MPLS labels.
    public static final Attribute<Slice> NEW_DESTINATION =
            TABLE.add(19, "RTA_NEWDST", Codecs.BINARY);

    /// A router's preference among several (RFC 4191): 0 medium, 1 high, 3 low. IPv6 alone.
    public static final Attribute<Integer> PREFERENCE = TABLE.add(20, "RTA_PREF", Codecs.U8);

    /// How packets are packed, see [Encapsulation].
    public static final Attribute<Integer> ENCAPSULATION_TYPE =
            TABLE.add(21, "RTA_ENCAP_TYPE", Codecs.U16);

    /// The data of that way of packing.
    public static final Attribute<Slice> ENCAPSULATION =
            TABLE.nestBy(
                    22,
                    "RTA_ENCAP",
                    route ->
                            route.find(ENCAPSULATION_TYPE)
                                    .flatMap(Encapsulation::find)
                                    .flatMap(Encapsulation::data));

    /// When the route ends, seconds from now. IPv6 alone; read back in [#CACHE_INFO].
    public static final Attribute<Long> EXPIRES_SECONDS = TABLE.add(23, "RTA_EXPIRES", Codecs.U32);

    /// The user that a lookup assumes.
    public static final Attribute<Long> USER = TABLE.add(25, "RTA_UID", Codecs.U32);

    /// Whether MPLS carries the time to live over: 0 or 1.
    public static final Attribute<Integer> TIME_TO_LIVE_PROPAGATE =
            TABLE.add(26, "RTA_TTL_PROPAGATE", Codecs.U8);

    /// The protocol that a lookup assumes: 6 TCP, 17 UDP, 1 ICMP, 58 ICMPv6; others are refused.
    public static final Attribute<Integer> IP_PROTOCOL = TABLE.add(27, "RTA_IP_PROTO", Codecs.U8);

    /// The source port that a lookup assumes.
    public static final Attribute<Integer> SOURCE_PORT = TABLE.add(28, "RTA_SPORT", Codecs.BE16);

    /// The destination port that a lookup assumes.
    public static final Attribute<Integer> DESTINATION_PORT =
            TABLE.add(29, "RTA_DPORT", Codecs.BE16);

    /// The next hop object it uses, see [NextHops].
    public static final Attribute<Long> NEXT_HOP_ID = TABLE.add(30, "RTA_NH_ID", Codecs.U32);

    /// The IPv6 flow label that a lookup assumes. Since 6.14.
    public static final Attribute<Integer> FLOW_LABEL = TABLE.add(31, "RTA_FLOWLABEL", Codecs.BE32);

    private RouteAttributes() {}

    /// The gateway, whichever attribute has it.
    static Optional<InetAddress> gateway(Attributes attributes) {
        return attributes.find(GATEWAY).or(() -> attributes.find(VIA));
    }

    /// A gateway under the attribute that its family asks for.
    static void putGateway(AttributeWriter writer, IpFamily route, InetAddress gateway) {
        writer.put(IpFamily.of(gateway) == route ? GATEWAY : VIA, gateway);
    }

    /// `struct rtvia`: the family, then the address, whose size says the same.
    private static InetAddress decodeVia(Slice slice) {
        return IpPrefix.addressOf(slice.from(Short.BYTES).bytes());
    }

    private static void encodeVia(ByteWriter writer, InetAddress address) {
        writer.u16(IpFamily.of(address).number()).bytes(address.getAddress());
    }
}
