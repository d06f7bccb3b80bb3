package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// What the address families keep for a link (`IFLA_AF_SPEC`), numbered as `AF_*`.
public final class FamilyAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("address families");

    /// For IPv4.
    public static final Attribute<Attributes> IPV4 =
            TABLE.nest(2, "AF_INET", Ipv4LinkAttributes.TABLE);

    /// For IPv6.
    public static final Attribute<Attributes> IPV6 =
            TABLE.nest(10, "AF_INET6", Ipv6LinkAttributes.TABLE);

    /// For the management component transport protocol.
    public static final Attribute<Slice> MCTP = TABLE.add(45, "AF_MCTP", Codecs.BINARY);

    private FamilyAttributes() {}
}
