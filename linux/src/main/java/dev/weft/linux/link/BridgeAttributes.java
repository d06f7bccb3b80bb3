package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// The data of a bridge (`IFLA_BR_*`).
public final class BridgeAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("bridge");

    /// Whether it takes part in the spanning tree protocol: 0 no, 1 in the kernel, 2 in user space.
    public static final Attribute<Integer> STP_STATE =
            TABLE.add(5, "IFLA_BR_STP_STATE", Codecs.S32);

    private BridgeAttributes() {}
}
