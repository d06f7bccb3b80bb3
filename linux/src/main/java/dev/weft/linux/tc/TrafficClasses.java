package dev.weft.linux.tc;

import dev.weft.linux.netlink.NetlinkSocket;
import java.util.List;

/// The classes of the disciplines of one namespace.
public final class TrafficClasses extends TrafficTable<ClassRequest, TrafficClass> {
    private static final int RTM_NEWTCLASS = 40;

    /// The classes that a socket's namespace has.
    ///
    /// @param socket of [dev.weft.linux.netlink.NetlinkProtocol#ROUTE], which stays the caller's
    public TrafficClasses(NetlinkSocket socket) {
        super(socket, RTM_NEWTCLASS, "class", TrafficClass::decode);
    }

    /// All classes of a link.
    public List<TrafficClass> list(int linkIndex) {
        return rows(ClassRequest.on(linkIndex, Handle.NONE));
    }
}
