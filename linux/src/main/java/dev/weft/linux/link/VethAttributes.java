package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;

/// The data of a veth (`VETH_INFO_*`, `include/uapi/linux/veth.h`).
public final class VethAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("veth");

    /// The other end: a whole link of its own, with header and attributes. Write only.
    public static final Attribute<LinkRequest> PEER =
            TABLE.add(1, "VETH_INFO_PEER", LinkRequest.CODEC);

    private VethAttributes() {}
}
