package dev.weft.linux.route;

import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.WatchedTable;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/// Neighbours as a [dev.weft.linux.netlink.Watch] follows them. Every change of state is notified.
final class WatchedNeighbours implements WatchedTable<WatchedNeighbours.Key, Neighbour> {
    /// What tells two neighbours apart.
    record Key(int linkIndex, InetAddress address) {}

    @Override
    public String name() {
        return "neighbours";
    }

    @Override
    public int[] groups() {
        return new int[] {RouteGroups.NEIGHBOUR};
    }

    @Override
    public Dump<Neighbour> dump(NetlinkSocket socket) {
        return new Neighbours(socket).dump();
    }

    @Override
    public Key key(Neighbour neighbour) {
        return new Key(neighbour.linkIndex(), neighbour.address());
    }

    /// Ages and probes differ at every reading.
    @Override
    public boolean same(Neighbour before, Neighbour after) {
        return settled(before).equals(settled(after));
    }

    private static Neighbour settled(Neighbour neighbour) {
        return new Neighbour(
                neighbour.linkIndex(),
                neighbour.address(),
                neighbour.stateBits(),
                neighbour.flags(),
                neighbour.type(),
                neighbour
                        .attributes()
                        .without(NeighbourAttributes.CACHE_INFO, NeighbourAttributes.PROBES));
    }

    @Override
    public List<Update<Neighbour>> updates(NetlinkMessage message, Map<Key, Neighbour> rows) {
        return switch (message.type()) {
            case NeighbourMessages.RTM_NEWNEIGH -> Rows.present(Neighbour.decode(message));
            case NeighbourMessages.RTM_DELNEIGH -> Rows.absent(Neighbour.decode(message));
            default -> List.of();
        };
    }
}
