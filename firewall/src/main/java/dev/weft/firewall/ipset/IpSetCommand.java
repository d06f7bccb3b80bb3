package dev.weft.firewall.ipset;

import dev.weft.linux.netlink.NetlinkFlags;

/// Requests of the subsystem (`enum ipset_cmd`). Without the flag for exclusiveness the kernel
/// bears that what is to be made is there, and what is to be deleted is not.
enum IpSetCommand {
    PROTOCOL(1, 0),
    CREATE(2, NetlinkFlags.CREATE),
    CREATE_NEW(2, NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE),
    DESTROY(3, NetlinkFlags.EXCLUSIVE),
    FLUSH(4, 0),
    RENAME(5, 0),
    SWAP(6, 0),
    LIST(7, 0),
    ADD(9, 0),
    ADD_NEW(9, NetlinkFlags.EXCLUSIVE),
    DELETE(10, 0),
    DELETE_PRESENT(10, NetlinkFlags.EXCLUSIVE),
    TEST(11, 0),
    TYPE(13, 0);

    /// `NFNL_SUBSYS_IPSET` in a message's type.
    private static final int SUBSYSTEM = 6 << 8;

    private final int number;
    private final int flags;

    IpSetCommand(int number, int flags) {
        this.number = number;
        this.flags = flags;
    }

    int type() {
        return SUBSYSTEM | number;
    }

    int flags() {
        return flags;
    }
}
