package dev.weft.linux.route;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import java.net.Inet4Address;
import java.net.InetAddress;

/// The attributes of an address (`IFA_*`, `include/uapi/linux/if_addr.h`).
public final class AddressAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("address");

    /// The address of the prefix: the peer's on a link between two, else the own one.
    public static final Attribute<InetAddress> ADDRESS =
            TABLE.add(1, "IFA_ADDRESS", Codecs.ADDRESS);

    /// The own address. IPv6 leaves it out where there is no peer.
    public static final Attribute<InetAddress> LOCAL = TABLE.add(2, "IFA_LOCAL", Codecs.ADDRESS);

    /// A name for old tools (IPv4): the link's, or that with a colon and more; up to 15 bytes.
    public static final Attribute<String> LABEL = TABLE.add(3, "IFA_LABEL", Codecs.STRING);

    /// The broadcast address (IPv4).
    public static final Attribute<Inet4Address> BROADCAST =
            TABLE.add(4, "IFA_BROADCAST", Codecs.IPV4);

    /// An anycast address (IPv6).
    public static final Attribute<InetAddress> ANYCAST =
            TABLE.add(5, "IFA_ANYCAST", Codecs.ADDRESS);

    /// How long it lives.
    public static final Attribute<AddressLifetimes> LIFETIMES =
            TABLE.add(6, "IFA_CACHEINFO", AddressLifetimes.CODEC);

    /// A multicast address (IPv6).
    public static final Attribute<InetAddress> MULTICAST =
            TABLE.add(7, "IFA_MULTICAST", Codecs.ADDRESS);

    /// All of [AddressFlag]; the header has room for the first eight only.
    public static final Attribute<Integer> FLAGS = TABLE.add(8, "IFA_FLAGS", Codecs.S32);

    /// The metric of the route to its prefix; 0 is the kernel's default.
    public static final Attribute<Long> ROUTE_PRIORITY =
            TABLE.add(9, "IFA_RT_PRIORITY", Codecs.U32);

    /// The namespace it is in, by the number that the asking namespace has for it.
    public static final Attribute<Integer> TARGET_NAMESPACE =
            TABLE.add(10, "IFA_TARGET_NETNSID", Codecs.S32);

    /// Who set it: 1 the kernel for a loopback, 2 a router's advertisement, 3 a link-local address
    /// of the kernel; others are free. Since 5.18.
    public static final Attribute<Integer> PROTOCOL = TABLE.add(11, "IFA_PROTO", Codecs.U8);

    private AddressAttributes() {}
}
