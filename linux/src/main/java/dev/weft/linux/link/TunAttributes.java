package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// What a TUN or TAP device is (`IFLA_TUN_*`). Read only: such devices are made through
/// `/dev/net/tun`.
public final class TunAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("tun");

    /// The user who may attach to it.
    public static final Attribute<Long> OWNER = TABLE.add(1, "IFLA_TUN_OWNER", Codecs.U32);

    /// The group that may attach to it.
    public static final Attribute<Long> GROUP = TABLE.add(2, "IFLA_TUN_GROUP", Codecs.U32);

    /// 1 TUN (packets), 2 TAP (frames).
    public static final Attribute<Integer> TYPE = TABLE.add(3, "IFLA_TUN_TYPE", Codecs.U8);

    /// Whether four bytes of flags and protocol precede each packet.
    public static final Attribute<Boolean> PACKET_INFORMATION =
            TABLE.add(4, "IFLA_TUN_PI", Codecs.BOOL);

    /// Whether a virtio header precedes each packet.
    public static final Attribute<Boolean> OFFLOAD_HEADER =
            TABLE.add(5, "IFLA_TUN_VNET_HDR", Codecs.BOOL);

    /// Whether it outlives the program that made it.
    public static final Attribute<Boolean> PERSISTENT =
            TABLE.add(6, "IFLA_TUN_PERSIST", Codecs.BOOL);

    /// Whether several descriptors may attach to it.
    public static final Attribute<Boolean> MULTI_QUEUE =
            TABLE.add(7, "IFLA_TUN_MULTI_QUEUE", Codecs.BOOL);

    /// How many are attached and enabled.
    public static final Attribute<Long> QUEUES = TABLE.add(8, "IFLA_TUN_NUM_QUEUES", Codecs.U32);

    /// How many are attached and disabled.
    public static final Attribute<Long> DISABLED_QUEUES =
            TABLE.add(9, "IFLA_TUN_NUM_DISABLED_QUEUES", Codecs.U32);

    private TunAttributes() {}
}
