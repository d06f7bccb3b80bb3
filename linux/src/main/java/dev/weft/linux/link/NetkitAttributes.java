package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// The data of a netkit, a pair driven by programs (`IFLA_NETKIT_*`). Since 6.7.
public final class NetkitAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("netkit");

    /// The other end: a whole link of its own, with header and attributes. Write only.
    public static final Attribute<LinkRequest> PEER =
            TABLE.add(1, "IFLA_NETKIT_PEER_INFO", LinkRequest.CODEC);

    /// Whether this end was made first and decides. Read only.
    public static final Attribute<Boolean> PRIMARY =
            TABLE.add(2, "IFLA_NETKIT_PRIMARY", Codecs.BOOL);

    /// What happens to packets without a program: 0 forwarded, 2 dropped.
    public static final Attribute<Integer> POLICY = TABLE.add(3, "IFLA_NETKIT_POLICY", Codecs.S32);

    /// The same for the other end.
    public static final Attribute<Integer> PEER_POLICY =
            TABLE.add(4, "IFLA_NETKIT_PEER_POLICY", Codecs.S32);

    /// On which layer it works.
    public static final Attribute<NetkitMode> MODE =
            TABLE.add(5, "IFLA_NETKIT_MODE", NetkitMode.CODEC);

    /// Whether mark and priority are erased on crossing: 0 no, 1 yes. Since 6.10.
    public static final Attribute<Long> SCRUB = TABLE.add(6, "IFLA_NETKIT_SCRUB", Codecs.U32);

    /// The same for the other end. Since 6.10.
    public static final Attribute<Long> PEER_SCRUB =
            TABLE.add(7, "IFLA_NETKIT_PEER_SCRUB", Codecs.U32);

    /// What senders should leave free before a packet, in bytes. Since 6.14.
    public static final Attribute<Integer> HEADROOM =
            TABLE.add(8, "IFLA_NETKIT_HEADROOM", Codecs.U16);

    /// What senders should leave free behind a packet, in bytes. Since 6.14.
    public static final Attribute<Integer> TAILROOM =
            TABLE.add(9, "IFLA_NETKIT_TAILROOM", Codecs.U16);

    private NetkitAttributes() {}
}
