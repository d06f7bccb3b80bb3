package dev.weft.linux.route;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// What a bridge should notify of a forwarding entry (`NFEA_*`).
public final class ForwardingExtensionAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("forwarding extensions");

    /// Bits: 1 notify when it becomes active or inactive, 2 it is inactive.
    public static final Attribute<Integer> ACTIVITY_NOTIFY =
            TABLE.add(1, "NFEA_ACTIVITY_NOTIFY", Codecs.U8);

    /// Whether a change leaves its age alone.
    public static final Attribute<Boolean> DO_NOT_REFRESH =
            TABLE.add(2, "NFEA_DONT_REFRESH", Codecs.FLAG);

    private ForwardingExtensionAttributes() {}
}
