package dev.weft.linux.tc;

import dev.weft.linux.netlink.NetlinkSocket;
import java.util.List;

/// The filters of one namespace.
public final class Filters extends TrafficTable<FilterRequest, Filter> {
    private static final int RTM_NEWTFILTER = 44;

    /// The filters that a socket's namespace has.
    ///
    /// @param socket of [dev.weft.linux.netlink.NetlinkProtocol#ROUTE], which stays the caller's
    public Filters(NetlinkSocket socket) {
        super(socket, RTM_NEWTFILTER, "filter", Filter::decode);
    }

    /// The filters that a request covers: those under a parent, or only those of a priority or
    /// chain that it names.
    ///
    /// @param request from [FilterRequest#on] or [FilterRequest#inBlock]
    public List<Filter> list(FilterRequest request) {
        return rows(request);
    }
}
