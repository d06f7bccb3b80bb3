package dev.weft.linux.route;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.net.Inet4Address;

/// The tunnel header that a route asks for, over IPv4 (`LWTUNNEL_IP_*`).
public final class IpEncapsulation {
    public static final AttributeTable TABLE = AttributeTable.named("ip encapsulation");

    /// The tunnel's key or network identifier.
    public static final Attribute<Long> ID = TABLE.add(1, "LWTUNNEL_IP_ID", Codecs.BE64);

    /// The other end.
    public static final Attribute<Inet4Address> DESTINATION =
            TABLE.add(2, "LWTUNNEL_IP_DST", Codecs.IPV4);

    /// This end.
    public static final Attribute<Inet4Address> SOURCE =
            TABLE.add(3, "LWTUNNEL_IP_SRC", Codecs.IPV4);

    /// The outer time to live.
    public static final Attribute<Integer> TIME_TO_LIVE =
            TABLE.add(4, "LWTUNNEL_IP_TTL", Codecs.U8);

    /// The outer type of service.
    public static final Attribute<Integer> TYPE_OF_SERVICE =
            TABLE.add(5, "LWTUNNEL_IP_TOS", Codecs.U8);

    /// `TUNNEL_*` bits: 1 checksum, 4 key, 8 sequence numbers.
    public static final Attribute<Integer> FLAGS = TABLE.add(6, "LWTUNNEL_IP_FLAGS", Codecs.BE16);

    /// Options of geneve, vxlan or erspan, kept as bytes.
    public static final Attribute<Slice> OPTIONS = TABLE.add(8, "LWTUNNEL_IP_OPTS", Codecs.BINARY);

    private IpEncapsulation() {}
}
