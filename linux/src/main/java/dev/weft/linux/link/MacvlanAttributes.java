package dev.weft.linux.link;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import java.util.List;

/// The data of a macvlan or a macvtap (`IFLA_MACVLAN_*`).
public final class MacvlanAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("macvlan");

    /// Whom of its siblings it reaches, and how.
    public static final Attribute<MacvlanMode> MODE =
            TABLE.add(1, "IFLA_MACVLAN_MODE", MacvlanMode.CODEC);

    /// Bit 0: do not make the parent promiscuous (passthru mode); bit 1: do not dump [#ADDRESSES].
    public static final Attribute<Integer> FLAGS = TABLE.add(2, "IFLA_MACVLAN_FLAGS", Codecs.U16);

    /// What to do with the allowed sources: 0 add, 1 delete, 2 clear, 3 replace. Write only.
    public static final Attribute<Long> ADDRESS_OPERATION =
            TABLE.add(3, "IFLA_MACVLAN_MACADDR_MODE", Codecs.U32);

    /// One allowed source, for source mode.
    public static final Attribute<HardwareAddress> ADDRESS =
            TABLE.add(4, "IFLA_MACVLAN_MACADDR", Codecs.HARDWARE_ADDRESS);

    /// All allowed sources.
    public static final Attribute<List<HardwareAddress>> ADDRESSES =
            TABLE.add(5, "IFLA_MACVLAN_MACADDR_DATA", Codecs.listOf(Codecs.HARDWARE_ADDRESS, 4));

    /// How many allowed sources there are. Read only.
    public static final Attribute<Long> ADDRESS_COUNT =
            TABLE.add(6, "IFLA_MACVLAN_MACADDR_COUNT", Codecs.U32);

    /// How many broadcasts may wait, in packets; the parent uses the largest that its macvlans ask
    /// for.
    public static final Attribute<Long> BROADCAST_QUEUE =
            TABLE.add(7, "IFLA_MACVLAN_BC_QUEUE_LEN", Codecs.U32);

    /// What the parent uses. Read only.
    public static final Attribute<Long> BROADCAST_QUEUE_USED =
            TABLE.add(8, "IFLA_MACVLAN_BC_QUEUE_LEN_USED", Codecs.U32);

    /// A multicast address with more macvlans than this is sent from the queue; -1 keeps all of it
    /// there. Since 6.5.
    public static final Attribute<Integer> BROADCAST_CUTOFF =
            TABLE.add(9, "IFLA_MACVLAN_BC_CUTOFF", Codecs.S32);

    private MacvlanAttributes() {}
}
