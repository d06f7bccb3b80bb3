package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import java.net.Inet4Address;
import java.net.Inet6Address;

/// Who asks a bridge's ports for multicast memberships (`BRIDGE_QUERIER_*`). Read only.
public final class MulticastQuerierAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("multicast querier");

    /// The IPv4 querier's address.
    public static final Attribute<Inet4Address> IPV4_ADDRESS =
            TABLE.add(1, "BRIDGE_QUERIER_IP_ADDRESS", Codecs.IPV4);

    /// The index of the port it is behind.
    public static final Attribute<Integer> IPV4_PORT =
            TABLE.add(2, "BRIDGE_QUERIER_IP_PORT", Codecs.S32);

    /// Until it counts as gone, in hundredths of a second.
    public static final Attribute<Long> IPV4_TIMER =
            TABLE.add(3, "BRIDGE_QUERIER_IP_OTHER_TIMER", Codecs.U64);

    /// The IPv6 querier's address.
    public static final Attribute<Inet6Address> IPV6_ADDRESS =
            TABLE.add(5, "BRIDGE_QUERIER_IPV6_ADDRESS", Codecs.IPV6);

    /// The index of the port it is behind.
    public static final Attribute<Integer> IPV6_PORT =
            TABLE.add(6, "BRIDGE_QUERIER_IPV6_PORT", Codecs.S32);

    /// Until it counts as gone, in hundredths of a second.
    public static final Attribute<Long> IPV6_TIMER =
            TABLE.add(7, "BRIDGE_QUERIER_IPV6_OTHER_TIMER", Codecs.U64);

    private MulticastQuerierAttributes() {}
}
