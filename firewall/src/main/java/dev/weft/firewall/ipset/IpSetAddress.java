package dev.weft.firewall.ipset;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/// An address of either family, in an attribute of its own.
public final class IpSetAddress {
    public static final AttributeTable TABLE = AttributeTable.named("set address");

    public static final Attribute<Inet4Address> IPV4 =
            TABLE.add(1, "IPSET_ATTR_IPADDR_IPV4", Codecs.IPV4.markedNetworkOrder());
    public static final Attribute<Inet6Address> IPV6 =
            TABLE.add(2, "IPSET_ATTR_IPADDR_IPV6", Codecs.IPV6.markedNetworkOrder());

    private IpSetAddress() {}

    static Attributes encode(InetAddress address) {
        return Attributes.build(
                TABLE,
                writer -> {
                    if (address instanceof Inet4Address four) {
                        writer.put(IPV4, four);
                    } else if (address instanceof Inet6Address six) {
                        writer.put(IPV6, six);
                    }
                });
    }

    static Optional<InetAddress> decode(Attributes address) {
        return address.has(IPV4)
                ? address.find(IPV4).map(InetAddress.class::cast)
                : address.find(IPV6).map(InetAddress.class::cast);
    }
}
