package dev.weft.linux.route;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.net.Inet6Address;

/// The tunnel header that a route asks for, over IPv6 (`LWTUNNEL_IP6_*`).
public final class Ip6Encapsulation {
    public static final AttributeTable TABLE = AttributeTable.named("ip6 encapsulation");

    /// The tunnel's key or network identifier.
    public static final Attribute<Long> ID = TABLE.add(1, "LWTUNNEL_IP6_ID", Codecs.BE64);

    /// The other end.
    public static final Attribute<Inet6Address> DESTINATION =
            TABLE.add(2, "LWTUNNEL_IP6_DST", Codecs.IPV6);

    /// This end.
    public static final Attribute<Inet6Address> SOURCE =
            TABLE.add(3, "LWTUNNEL_IP6_SRC", Codecs.IPV6);

    /// The outer hop limit.
    public static final Attribute<Integer> HOP_LIMIT =
            TABLE.add(4, "LWTUNNEL_IP6_HOPLIMIT", Codecs.U8);

    /// The outer traffic class.
    public static final Attribute<Integer> TRAFFIC_CLASS =
            TABLE.add(5, "LWTUNNEL_IP6_TC", Codecs.U8);

    /// `TUNNEL_*` bits: 1 checksum, 4 key, 8 sequence numbers.
    public static final Attribute<Integer> FLAGS = TABLE.add(6, "LWTUNNEL_IP6_FLAGS", Codecs.BE16);

    /// Options of geneve, vxlan or erspan, kept as bytes.
    public static final Attribute<Slice> OPTIONS = TABLE.add(8, "LWTUNNEL_IP6_OPTS", Codecs.BINARY);

    private Ip6Encapsulation() {}
}
