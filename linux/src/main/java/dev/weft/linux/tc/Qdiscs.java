package dev.weft.linux.tc;

import dev.weft.linux.netlink.NetlinkSocket;
import java.util.List;

/// The queueing disciplines of one namespace.
public final class Qdiscs extends TrafficTable<QdiscRequest, Qdisc> {
    private static final int RTM_NEWQDISC = 36;

    /// The disciplines that a socket's namespace has.
    ///
    /// @param socket of [dev.weft.linux.netlink.NetlinkProtocol#ROUTE], which stays the caller's
    public Qdiscs(NetlinkSocket socket) {
        super(socket, RTM_NEWQDISC, "qdisc", Qdisc::decode);
    }

    /// All disciplines of a link.
    public List<Qdisc> list(int linkIndex) {
        return rows(QdiscRequest.on(linkIndex).parent(Handle.NONE));
    }
}
