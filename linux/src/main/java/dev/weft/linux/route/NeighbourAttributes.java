package dev.weft.linux.route;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.net.InetAddress;

/// The attributes of a neighbour or forwarding entry (`NDA_*`, `include/uapi/linux/neighbour.h`).
public final class NeighbourAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("neighbour");

    /// The neighbour's address; of a forwarding entry, the tunnel's other end.
    public static final Attribute<InetAddress> DESTINATION =
            TABLE.add(1, "NDA_DST", Codecs.ADDRESS);

    /// The hardware address.
    public static final Attribute<HardwareAddress> HARDWARE_ADDRESS =
            TABLE.add(2, "NDA_LLADDR", Codecs.HARDWARE_ADDRESS);

    /// Its ages.
    public static final Attribute<NeighbourCacheInfo> CACHE_INFO =
            TABLE.add(3, "NDA_CACHEINFO", NeighbourCacheInfo.CODEC);

    /// How often it was asked without an answer.
    public static final Attribute<Long> PROBES = TABLE.add(4, "NDA_PROBES", Codecs.U32);

    /// The VLAN of a forwarding entry, 1 to 4094.
    public static final Attribute<Integer> VLAN = TABLE.add(5, "NDA_VLAN", Codecs.U16);

    /// The port at the tunnel's other end.
    public static final Attribute<Integer> PORT = TABLE.add(6, "NDA_PORT", Codecs.BE16);

    /// The network identifier at the tunnel's other end, 0 to 2^24 - 1.
    public static final Attribute<Long> NETWORK_IDENTIFIER = TABLE.add(7, "NDA_VNI", Codecs.U32);

    /// The index of the link that leads to the tunnel's other end.
    public static final Attribute<Integer> OUTPUT_LINK = TABLE.add(8, "NDA_IFINDEX", Codecs.S32);

    /// The index of the bridge or other master.
    public static final Attribute<Integer> MASTER = TABLE.add(9, "NDA_MASTER", Codecs.S32);

    /// The namespace of the link, by the number that this one has for it.
    public static final Attribute<Integer> LINK_NAMESPACE =
            TABLE.add(10, "NDA_LINK_NETNSID", Codecs.S32);

    /// The network identifier of a link that has several.
    public static final Attribute<Long> SOURCE_NETWORK_IDENTIFIER =
            TABLE.add(11, "NDA_SRC_VNI", Codecs.U32);

    /// Who made it, as with routes.
    public static final Attribute<Integer> PROTOCOL = TABLE.add(12, "NDA_PROTOCOL", Codecs.U8);

    /// The next hop object that a forwarding entry uses.
    public static final Attribute<Long> NEXT_HOP_ID = TABLE.add(13, "NDA_NH_ID", Codecs.U32);

    /// What a bridge should notify of a forwarding entry.
    public static final Attribute<Attributes> FORWARDING_EXTENSIONS =
            TABLE.nest(14, "NDA_FDB_EXT_ATTRS", ForwardingExtensionAttributes.TABLE);

    /// The flags that do not fit the header, see [NeighbourFlag].
    public static final Attribute<Long> EXTENDED_FLAGS = TABLE.add(15, "NDA_FLAGS_EXT", Codecs.U32);

    /// In a request to flush: which bits of the state count.
    public static final Attribute<Integer> STATE_MASK =
            TABLE.add(16, "NDA_NDM_STATE_MASK", Codecs.U16);

    /// In a request to flush: which bits of the flags count.
    public static final Attribute<Integer> FLAGS_MASK =
            TABLE.add(17, "NDA_NDM_FLAGS_MASK", Codecs.U8);

    private NeighbourAttributes() {}
}
