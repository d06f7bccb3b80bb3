package dev.weft.linux.route;

import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.WatchedTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Next hops as a [dev.weft.linux.netlink.Watch] follows them. Those of a link that goes down are
/// taken away silently (`nexthop_flush_dev` in `net/ipv4/nexthop.c`), and a member that is deleted
/// leaves its groups.
final class WatchedNextHops implements WatchedTable<Long, NextHop> {
    @Override
    public String name() {
        return "next hops";
    }

    @Override
    public int[] groups() {
        return new int[] {RouteGroups.LINK, RouteGroups.NEXT_HOP};
    }

    @Override
    public Dump<NextHop> dump(NetlinkSocket socket) {
        return new NextHops(socket).dump();
    }

    @Override
    public Long key(NextHop hop) {
        return hop.id();
    }

    @Override
    public List<Update<NextHop>> updates(NetlinkMessage message, Map<Long, NextHop> rows) {
        return switch (message.type()) {
            case NextHops.RTM_NEWNEXTHOP -> Rows.present(Optional.of(NextHop.decode(message)));
            case NextHops.RTM_DELNEXTHOP -> deleted(NextHop.decode(message), rows);
            case LinkEvents.RTM_NEWLINK, LinkEvents.RTM_DELLINK ->
                    LinkEvents.mayTakeAway(message) ? List.of(new Update.Unknown<>()) : List.of();
            default -> List.of();
        };
    }

    private static List<Update<NextHop>> deleted(NextHop gone, Map<Long, NextHop> rows) {
        boolean member =
                rows.values().stream()
                        .flatMap(hop -> hop.members().stream())
                        .anyMatch(place -> place.id() == gone.id());
        return member ? List.of(new Update.Unknown<>()) : Rows.absent(Optional.of(gone));
    }
}
