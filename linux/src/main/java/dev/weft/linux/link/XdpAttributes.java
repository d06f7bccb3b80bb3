package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// The program that sees a link's packets before the stack (`IFLA_XDP_*`).
public final class XdpAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("xdp");

    /// The program's descriptor; -1 detaches. Write only.
    public static final Attribute<Integer> PROGRAM_DESCRIPTOR =
            TABLE.add(1, "IFLA_XDP_FD", Codecs.S32);

    /// Where one is attached: 0 nowhere, 1 driver, 2 stack, 3 hardware, 4 several places. Read
    /// only.
    public static final Attribute<Integer> ATTACHED = TABLE.add(2, "IFLA_XDP_ATTACHED", Codecs.U8);

    /// How to attach: 0x1 only if none is, 0x2 in the stack, 0x4 in the driver, 0x8 in hardware,
    /// 0x10 replace [#EXPECTED_DESCRIPTOR].
    public static final Attribute<Long> FLAGS = TABLE.add(3, "IFLA_XDP_FLAGS", Codecs.U32);

    /// The attached program's id. Read only.
    public static final Attribute<Long> PROGRAM = TABLE.add(4, "IFLA_XDP_PROG_ID", Codecs.U32);

    /// The id of the one in the driver. Read only.
    public static final Attribute<Long> DRIVER_PROGRAM =
            TABLE.add(5, "IFLA_XDP_DRV_PROG_ID", Codecs.U32);

    /// The id of the one in the stack. Read only.
    public static final Attribute<Long> STACK_PROGRAM =
            TABLE.add(6, "IFLA_XDP_SKB_PROG_ID", Codecs.U32);

    /// The id of the one in hardware. Read only.
    public static final Attribute<Long> HARDWARE_PROGRAM =
            TABLE.add(7, "IFLA_XDP_HW_PROG_ID", Codecs.U32);

    /// The program that must be there for the change to happen. Write only.
    public static final Attribute<Integer> EXPECTED_DESCRIPTOR =
            TABLE.add(8, "IFLA_XDP_EXPECTED_FD", Codecs.S32);

    private XdpAttributes() {}
}
