package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.util.Optional;

/// The attributes of an action (`TCA_ACT_*`, `include/uapi/linux/pkt_cls.h`), and the list in which
/// filters hold theirs.
public final class ActionAttributes {
    /// `TCA_ACT_MAX_PRIO`: so many actions a filter holds.
    static final int MAX_ACTIONS = 32;

    public static final AttributeTable TABLE = AttributeTable.named("action");

    /// The kind, `mirred`; it decides what [#OPTIONS] holds.
    public static final Attribute<String> KIND = TABLE.add(1, "TCA_ACT_KIND", Codecs.STRING);

    /// What the kind asks for.
    public static final Attribute<Slice> OPTIONS =
            TABLE.nestBy(
                    2,
                    "TCA_ACT_OPTIONS",
                    siblings -> siblings.find(KIND).flatMap(ActionAttributes::tableOf));

    /// The number of an action that filters share.
    public static final Attribute<Long> INDEX = TABLE.add(3, "TCA_ACT_INDEX", Codecs.U32);

    /// What went through.
    public static final Attribute<Attributes> STATISTICS =
            TABLE.nest(4, "TCA_ACT_STATS", StatisticsAttributes.TABLE);

    /// Up to 16 bytes that the owner may set.
    public static final Attribute<Slice> COOKIE = TABLE.add(6, "TCA_ACT_COOKIE", Codecs.BINARY);

    /// `TCA_ACT_FLAGS_*`, as value and mask.
    public static final Attribute<Slice> FLAGS = TABLE.add(7, "TCA_ACT_FLAGS", Codecs.BINARY);

    /// Which statistics hardware is to keep, as value and mask.
    public static final Attribute<Slice> HARDWARE_STATISTICS =
            TABLE.add(8, "TCA_ACT_HW_STATS", Codecs.BINARY);

    /// Which statistics hardware keeps, as value and mask.
    public static final Attribute<Slice> USED_HARDWARE_STATISTICS =
            TABLE.add(9, "TCA_ACT_USED_HW_STATS", Codecs.BINARY);

    /// In how many devices' hardware it is; since 5.17.
    public static final Attribute<Long> HARDWARE_COUNT =
            TABLE.add(10, "TCA_ACT_IN_HW_COUNT", Codecs.U32);

    /// Actions by their place, 1 to 32: the attribute's number is the place.
    public static final AttributeTable LIST = list();

    private ActionAttributes() {}

    private static AttributeTable list() {
        AttributeTable list = AttributeTable.named("actions");
        for (int place = 1; place <= MAX_ACTIONS; place++) {
            list.nest(place, "action " + place, TABLE);
        }
        return list;
    }

    private static Optional<AttributeTable> tableOf(String kind) {
        return switch (kind) {
            case MirredAttributes.KIND -> Optional.of(MirredAttributes.TABLE);
            case GactAttributes.KIND -> Optional.of(GactAttributes.TABLE);
            default -> Optional.empty();
        };
    }
}
