package dev.weft.linux.route;

import dev.weft.linux.Errno;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkFlags;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Watch;
import java.util.List;

/// The addresses of one namespace.
public final class Addresses {
    static final int RTM_NEWADDR = 20;
    static final int RTM_DELADDR = 21;
    private static final int RTM_GETADDR = 22;

    private final NetlinkSocket socket;

    /// The addresses that a socket's namespace has.
    ///
    /// @param socket of [NetlinkProtocol#ROUTE], which stays the caller's
    public Addresses(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Adds an address.
    ///
    /// @throws KernelException EEXIST when the link has it
    public void add(int linkIndex, AddressRequest request) {
        socket.request(toAdd(linkIndex, request));
    }

    /// What [#add] sends, for a [NetlinkSocket#batch].
    public static NetlinkRequest toAdd(int linkIndex, AddressRequest request) {
        int flags = NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE;
        return message(RTM_NEWADDR, flags, "add", linkIndex, request);
    }

    /// Adds an address, or changes the one that is there: lifetimes, flags, metric, protocol.
    /// Address, prefix length and peer tell addresses apart, so a different length adds another.
    public void replace(int linkIndex, AddressRequest request) {
        int flags = NetlinkFlags.CREATE | NetlinkFlags.REPLACE;
        socket.request(message(RTM_NEWADDR, flags, "set", linkIndex, request));
    }

    /// Takes an address off a link. IPv4 takes the secondary ones of its prefix along, unless
    /// `net.ipv4.conf.*.promote_secondaries` is set.
    ///
    /// @throws KernelException EADDRNOTAVAIL when the link does not have it
    public void delete(int linkIndex, AddressRequest request) {
        socket.request(message(RTM_DELADDR, 0, "delete", linkIndex, request));
    }

    /// As [#delete(int, AddressRequest)], of an address without peer.
    public void delete(int linkIndex, IpPrefix address) {
        delete(linkIndex, AddressRequest.of(address));
    }

    private static NetlinkRequest message(
            int type, int flags, String operation, int linkIndex, AddressRequest request) {
        return NetlinkRequest.of(
                type,
                flags,
                request.header(linkIndex)::encode,
                request.attributes(),
                operation,
                request + " of link " + linkIndex);
    }

    /// All addresses.
    ///
    /// @throws KernelException EINTR when they kept changing while they were read
    public List<Address> list() {
        return dump(0, 0).consistentRows();
    }

    /// The addresses of a link; none when there is no such link.
    public List<Address> list(int linkIndex) {
        return dump(0, linkIndex).consistentRows();
    }

    /// The addresses of a family.
    public List<Address> list(IpFamily family) {
        return dump(family.number(), 0).consistentRows();
    }

    /// The addresses of a family that a link has. Of one family the kernel tells them without the
    /// lock that every change of the network takes.
    public List<Address> list(int linkIndex, IpFamily family) {
        return dump(family.number(), linkIndex).consistentRows();
    }

    /// All addresses, and whether they were read in one piece.
    public Dump<Address> dump() {
        return dump(0, 0);
    }

    private Dump<Address> dump(int family, int linkIndex) {
        return Rows.dump(socket, toList(family, linkIndex), Address::decode, Errno.ENODEV);
    }

    static NetlinkRequest toList(int family, int linkIndex) {
        return NetlinkRequest.of(
                RTM_GETADDR,
                0,
                new AddressHeader(family, 0, 0, 0, linkIndex)::encode,
                Attributes.empty(AddressAttributes.TABLE),
                "list",
                "addresses");
    }

    /// Follows the addresses of a namespace.
    public static Watch<?, Address> watch(NetworkNamespace namespace) {
        return Watch.open(NetlinkProtocol.ROUTE, namespace, new WatchedAddresses());
    }
}
