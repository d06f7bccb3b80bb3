package dev.weft.linux.route;

import dev.weft.linux.Errno;
import dev.weft.linux.IpFamily;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Watch;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// The neighbours of one namespace: the tables of ARP and of IPv6 neighbour discovery, and the
/// addresses that are answered for as a proxy.
public final class Neighbours {
    private final NetlinkSocket socket;
    private final NeighbourMessages messages;

    /// The neighbours that a socket's namespace has.
    ///
    /// @param socket of [NetlinkProtocol#ROUTE], which stays the caller's
    public Neighbours(NetlinkSocket socket) {
        this.socket = socket;
        messages = new NeighbourMessages(socket);
    }

    /// Adds a neighbour.
    ///
    /// @throws KernelException EEXIST when the address is known on the link
    public void add(int linkIndex, NeighbourRequest request) {
        messages.make("add", NeighbourMessages.ADD, linkIndex, request);
    }

    /// Adds a neighbour, or changes the one that is there.
    public void replace(int linkIndex, NeighbourRequest request) {
        messages.make("set", NeighbourMessages.REPLACE, linkIndex, request);
    }

    /// Deletes a neighbour, or a proxy where the request says so.
    ///
    /// @throws KernelException ENOENT when there is none
    public void delete(int linkIndex, NeighbourRequest request) {
        messages.delete(linkIndex, request);
    }

    /// The neighbour of a link that has an address, if it is known; it may be without a hardware
    /// address. Since Linux 5.0.
    public Optional<Neighbour> find(int linkIndex, InetAddress address) {
        NeighbourHeader header =
                new NeighbourHeader(IpFamily.of(address).number(), linkIndex, 0, 0, 0);
        Attributes key =
                Attributes.empty(NeighbourAttributes.TABLE)
                        .and(writer -> writer.put(NeighbourAttributes.DESTINATION, address));
        String object = address.getHostAddress() + " on link " + linkIndex;
        return socket.find(NeighbourMessages.get(header, key, "find", object), Errno.ENOENT)
                .flatMap(Neighbour::decode);
    }

    /// All neighbours, proxies not included.
    ///
    /// @throws KernelException EINTR when they kept changing while they were read
    public List<Neighbour> list() {
        return dump().consistentRows();
    }

    /// The neighbours of a link.
    public List<Neighbour> list(int linkIndex) {
        return dump(0, 0, linkIndex).consistentRows();
    }

    /// The neighbours of a family.
    public List<Neighbour> list(IpFamily family) {
        return dump(family.number(), 0, 0).consistentRows();
    }

    /// The addresses that are answered for.
    public List<Neighbour> proxies() {
        return dump(0, NeighbourFlag.PROXY.bit(), 0).consistentRows();
    }

    /// All neighbours, and whether they were read in one piece.
    public Dump<Neighbour> dump() {
        return dump(0, 0, 0);
    }

    /// The link to filter by stands in an attribute: the header's is refused.
    private Dump<Neighbour> dump(int family, int flags, int linkIndex) {
        Attributes none = Attributes.empty(NeighbourAttributes.TABLE);
        Attributes filter =
                linkIndex == 0
                        ? none
                        : none.and(
                                writer -> writer.put(NeighbourAttributes.OUTPUT_LINK, linkIndex));
        NeighbourHeader header = new NeighbourHeader(family, 0, 0, flags, 0);
        return Rows.dump(
                socket,
                NeighbourMessages.get(header, filter, "list", "neighbours"),
                Neighbour::decode);
    }

    /// Follows the neighbours of a namespace; changes of proxies are not notified.
    public static Watch<?, Neighbour> watch(NetworkNamespace namespace) {
        return Watch.open(NetlinkProtocol.ROUTE, namespace, new WatchedNeighbours());
    }
}
