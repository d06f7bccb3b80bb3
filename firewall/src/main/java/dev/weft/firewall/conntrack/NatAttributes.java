package dev.weft.firewall.conntrack;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.net.Inet4Address;
import java.net.Inet6Address;

/// To what addresses and ports a new entry translates (`enum ctattr_nat`). The kernel tells it only
/// by the tuples.
public final class NatAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("NAT");

    public static final Attribute<Inet4Address> LEAST4 =
            TABLE.add(1, "CTA_NAT_V4_MINIP", Codecs.IPV4);
    public static final Attribute<Inet4Address> MOST4 =
            TABLE.add(2, "CTA_NAT_V4_MAXIP", Codecs.IPV4);
    public static final Attribute<Attributes> PORTS = TABLE.nest(3, "CTA_NAT_PROTO", Ports.TABLE);
    public static final Attribute<Inet6Address> LEAST6 =
            TABLE.add(4, "CTA_NAT_V6_MINIP", Codecs.IPV6);
    public static final Attribute<Inet6Address> MOST6 =
            TABLE.add(5, "CTA_NAT_V6_MAXIP", Codecs.IPV6);

    private NatAttributes() {}

    /// `enum ctattr_protonat`.
    public static final class Ports {
        public static final AttributeTable TABLE = AttributeTable.named("NAT ports");

        public static final Attribute<Integer> LEAST =
                TABLE.add(1, "CTA_PROTONAT_PORT_MIN", Codecs.BE16);
        public static final Attribute<Integer> MOST =
                TABLE.add(2, "CTA_PROTONAT_PORT_MAX", Codecs.BE16);

        private Ports() {}
    }
}
