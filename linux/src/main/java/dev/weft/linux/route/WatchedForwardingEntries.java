package dev.weft.linux.route;

import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.WatchedTable;
import java.util.List;
import java.util.Map;

/// Forwarding entries as a [dev.weft.linux.netlink.Watch] follows them.
final class WatchedForwardingEntries implements WatchedTable<ForwardingEntry, ForwardingEntry> {
    @Override
    public String name() {
        return "forwarding entries";
    }

    @Override
    public int[] groups() {
        return new int[] {RouteGroups.NEIGHBOUR};
    }

    @Override
    public Dump<ForwardingEntry> dump(NetlinkSocket socket) {
        return new ForwardingEntries(socket).dump();
    }

    /// Hardware address, VLAN and the tunnel's end tell entries of a link apart; state, most flags
    /// and ages come and go. Bridge and link itself may both have the same.
    @Override
    public ForwardingEntry key(ForwardingEntry entry) {
        int whose = NeighbourFlag.SELF.bit() | NeighbourFlag.MASTER.bit();
        return new ForwardingEntry(
                entry.linkIndex(),
                0,
                entry.flags() & whose,
                entry.attributes()
                        .without(
                                NeighbourAttributes.CACHE_INFO,
                                NeighbourAttributes.EXTENDED_FLAGS,
                                NeighbourAttributes.FORWARDING_EXTENSIONS));
    }

    /// Ages differ at every reading.
    @Override
    public boolean same(ForwardingEntry before, ForwardingEntry after) {
        return settled(before).equals(settled(after));
    }

    private static ForwardingEntry settled(ForwardingEntry entry) {
        return new ForwardingEntry(
                entry.linkIndex(),
                entry.stateBits(),
                entry.flags(),
                entry.attributes().without(NeighbourAttributes.CACHE_INFO));
    }

    @Override
    public List<Update<ForwardingEntry>> updates(
            NetlinkMessage message, Map<ForwardingEntry, ForwardingEntry> rows) {
        return switch (message.type()) {
            case NeighbourMessages.RTM_NEWNEIGH -> Rows.present(ForwardingEntry.decode(message));
            case NeighbourMessages.RTM_DELNEIGH -> Rows.absent(ForwardingEntry.decode(message));
            default -> List.of();
        };
    }
}
