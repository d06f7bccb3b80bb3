package dev.weft.linux.route;

import dev.weft.linux.netlink.NetlinkMessage;

/// What a notification about a link means for what hangs on it.
final class LinkEvents {
    static final int RTM_NEWLINK = 16;
    static final int RTM_DELLINK = 17;

    private static final int FLAGS_OFFSET = 8;
    private static final int IFF_UP = 0x1;
    private static final int IFF_RUNNING = 0x40;

    private LinkEvents() {}

    /// Whether the link is gone or does not carry packets: the kernel may have taken away routes,
    /// next hops and neighbours without telling.
    static boolean mayTakeAway(NetlinkMessage message) {
        int working = IFF_UP | IFF_RUNNING;
        return message.type() == RTM_DELLINK
                || (message.body().s32(FLAGS_OFFSET) & working) != working;
    }
}
