package dev.weft.linux.route;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.net.InetAddress;
import java.util.List;

/// The attributes of a next hop object (`NHA_*`, `include/uapi/linux/nexthop.h`).
public final class NextHopAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("next hop");

    /// Its number; 0 in a request lets the kernel choose.
    public static final Attribute<Long> ID = TABLE.add(1, "NHA_ID", Codecs.U32);

    /// The members of a group.
    public static final Attribute<List<NextHopMember>> GROUP =
            TABLE.add(2, "NHA_GROUP", NextHopMember.LIST);

    /// How a group chooses: 0 by hash over thresholds, 1 resilient.
    public static final Attribute<Integer> GROUP_TYPE = TABLE.add(3, "NHA_GROUP_TYPE", Codecs.U16);

    /// Drops packets.
    public static final Attribute<Boolean> BLACKHOLE = TABLE.add(4, "NHA_BLACKHOLE", Codecs.FLAG);

    /// The index of the link it leaves by.
    public static final Attribute<Integer> OUTPUT_LINK = TABLE.add(5, "NHA_OIF", Codecs.S32);

    /// The router to send to.
    public static final Attribute<InetAddress> GATEWAY =
            TABLE.add(6, "NHA_GATEWAY", Codecs.ADDRESS);

    /// How packets are packed, see [Encapsulation].
    public static final Attribute<Integer> ENCAPSULATION_TYPE =
            TABLE.add(7, "NHA_ENCAP_TYPE", Codecs.U16);

    /// The data of that way of packing.
    public static final Attribute<Slice> ENCAPSULATION =
            TABLE.nestBy(
                    8,
                    "NHA_ENCAP",
                    hop ->
                            hop.find(ENCAPSULATION_TYPE)
                                    .flatMap(Encapsulation::find)
                                    .flatMap(Encapsulation::data));

    /// In a dump's request: groups alone.
    public static final Attribute<Boolean> GROUPS = TABLE.add(9, "NHA_GROUPS", Codecs.FLAG);

    /// In a dump's request: those whose links have this master.
    public static final Attribute<Integer> MASTER = TABLE.add(10, "NHA_MASTER", Codecs.S32);

    /// For forwarding entries of a bridge (vxlan), not for routes.
    public static final Attribute<Boolean> FORWARDING_DATABASE =
            TABLE.add(11, "NHA_FDB", Codecs.FLAG);

    /// What a resilient group has beyond its members.
    public static final Attribute<Attributes> RESILIENT_GROUP =
            TABLE.nest(12, "NHA_RES_GROUP", ResilientGroupAttributes.TABLE);

    /// One bucket of a resilient group, kept as bytes.
    public static final Attribute<Slice> RESILIENT_BUCKET =
            TABLE.add(13, "NHA_RES_BUCKET", Codecs.BINARY);

    /// What a read should bring beside: 1 statistics, 2 those of hardware. Since 6.9.
    public static final Attribute<Long> OPERATION_FLAGS = TABLE.add(14, "NHA_OP_FLAGS", Codecs.U32);

    /// Packets by member, kept as bytes. Since 6.9.
    public static final Attribute<Slice> GROUP_STATISTICS =
            TABLE.add(15, "NHA_GROUP_STATS", Codecs.BINARY);

    /// Whether hardware counts: 0 or 1. Since 6.9.
    public static final Attribute<Long> HARDWARE_STATISTICS_ENABLED =
            TABLE.add(16, "NHA_HW_STATS_ENABLE", Codecs.U32);

    /// Whether some hardware does count: 0 or 1. Since 6.9.
    public static final Attribute<Long> HARDWARE_STATISTICS_USED =
            TABLE.add(17, "NHA_HW_STATS_USED", Codecs.U32);

    private NextHopAttributes() {}
}
