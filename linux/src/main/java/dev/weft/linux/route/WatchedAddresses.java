package dev.weft.linux.route;

import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.WatchedTable;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Addresses as a [dev.weft.linux.netlink.Watch] follows them. Every change is notified.
final class WatchedAddresses implements WatchedTable<WatchedAddresses.Key, Address> {
    /// What tells two addresses apart, as the kernel compares them.
    record Key(int linkIndex, IpPrefix prefix, Optional<InetAddress> peer) {}

    @Override
    public String name() {
        return "addresses";
    }

    @Override
    public int[] groups() {
        return new int[] {RouteGroups.IPV4_ADDRESS, RouteGroups.IPV6_ADDRESS};
    }

    @Override
    public Dump<Address> dump(NetlinkSocket socket) {
        return new Addresses(socket).dump();
    }

    @Override
    public Key key(Address address) {
        return new Key(address.linkIndex(), address.prefix(), address.peer());
    }

    @Override
    public List<Update<Address>> updates(NetlinkMessage message, Map<Key, Address> rows) {
        return switch (message.type()) {
            case Addresses.RTM_NEWADDR -> Rows.present(Address.decode(message));
            case Addresses.RTM_DELADDR -> Rows.absent(Address.decode(message));
            default -> List.of();
        };
    }

    /// What is left of a lifetime differs at every reading; when it was set tells whether it was
    /// set again.
    @Override
    public boolean same(Address before, Address after) {
        return settled(before).equals(settled(after)) && updated(before) == updated(after);
    }

    private static Address settled(Address address) {
        Attributes lasting = address.attributes().without(AddressAttributes.LIFETIMES);
        return new Address(
                address.linkIndex(), address.prefix(), address.scope(), address.flags(), lasting);
    }

    private static long updated(Address address) {
        return address.attributes()
                .find(AddressAttributes.LIFETIMES)
                .map(AddressLifetimes::updatedHundredths)
                .orElse(0L);
    }
}
