package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// The data of an ipvlan or an ipvtap (`IFLA_IPVLAN_*`).
public final class IpvlanAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("ipvlan");

    /// On which layer it joins its parent. One parent has one mode.
    public static final Attribute<IpvlanMode> MODE =
            TABLE.add(1, "IFLA_IPVLAN_MODE", IpvlanMode.CODEC);

    /// Bit 0: private (siblings do not reach each other); bit 1: VEPA (siblings reach each other by
    /// an outside switch).
    public static final Attribute<Integer> FLAGS = TABLE.add(2, "IFLA_IPVLAN_FLAGS", Codecs.U16);

    private IpvlanAttributes() {}
}
