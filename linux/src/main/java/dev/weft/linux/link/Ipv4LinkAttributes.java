package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import java.util.List;

/// What IPv4 keeps for a link (`IFLA_INET_*`).
public final class Ipv4LinkAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("IPv4 of a link");

    /// The sysctls of `net.ipv4.conf`, numbered from 1 as [Ipv4Setting] is. Read only: the kernel
    /// wants another form in requests, which [LinkRequest#ipv4] makes.
    public static final Attribute<List<Integer>> SETTINGS =
            TABLE.add(1, "IFLA_INET_CONF", Codecs.S32_ARRAY);

    private Ipv4LinkAttributes() {}
}
