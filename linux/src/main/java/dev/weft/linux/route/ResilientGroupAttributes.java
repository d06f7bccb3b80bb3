package dev.weft.linux.route;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// What a resilient group of next hops has beyond its members (`NHA_RES_GROUP_*`): flows stay where
/// they are when members come and go.
public final class ResilientGroupAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("resilient group");

    /// Into how many buckets flows are hashed, 1 to 65,535.
    public static final Attribute<Integer> BUCKETS =
            TABLE.add(1, "NHA_RES_GROUP_BUCKETS", Codecs.U16);

    /// How long a bucket must be unused to be moved, 1/100 s.
    public static final Attribute<Long> IDLE_TIMER =
            TABLE.add(2, "NHA_RES_GROUP_IDLE_TIMER", Codecs.U32);

    /// How long the group may be out of balance, 1/100 s; 0 for ever.
    public static final Attribute<Long> UNBALANCED_TIMER =
            TABLE.add(3, "NHA_RES_GROUP_UNBALANCED_TIMER", Codecs.U32);

    /// How long it is out of balance, 1/100 s.
    public static final Attribute<Long> UNBALANCED_TIME =
            TABLE.add(4, "NHA_RES_GROUP_UNBALANCED_TIME", Codecs.U64);

    private ResilientGroupAttributes() {}
}
