package dev.weft.linux.route;

import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Watch;
import java.util.List;

/// The forwarding entries (FDB) of the bridges and tunnels of one namespace.
public final class ForwardingEntries {
    private final NetlinkSocket socket;
    private final NeighbourMessages messages;

    /// The forwarding entries that a socket's namespace has.
    ///
    /// @param socket of [NetlinkProtocol#ROUTE], which stays the caller's
    public ForwardingEntries(NetlinkSocket socket) {
        this.socket = socket;
        messages = new NeighbourMessages(socket);
    }

    /// Adds an entry.
    ///
    /// @throws KernelException EEXIST when the hardware address has one
    public void add(int linkIndex, NeighbourRequest request) {
        messages.make("add", NeighbourMessages.ADD, linkIndex, request);
    }

    /// Adds an entry, or changes the one of its hardware address; of a tunnel, to this end alone.
    public void replace(int linkIndex, NeighbourRequest request) {
        messages.make("set", NeighbourMessages.REPLACE, linkIndex, request);
    }

    /// Adds one more end to a tunnel's entry, for addresses that go to several.
    public void append(int linkIndex, NeighbourRequest request) {
        messages.make("append", NeighbourMessages.APPEND, linkIndex, request);
    }

    /// Deletes an entry, or an end of it.
    ///
    /// @throws KernelException ENOENT when there is none
    public void delete(int linkIndex, NeighbourRequest request) {
        messages.delete(linkIndex, request);
    }

    /// All entries: learnt, set, and the links' own multicast addresses.
    ///
    /// @throws KernelException EINTR when they kept changing while they were read
    public List<ForwardingEntry> list() {
        return dump().consistentRows();
    }

    /// The entries of a bridge, on all of its ports.
    public List<ForwardingEntry> ofBridge(int bridgeIndex) {
        return dump(with(NeighbourAttributes.MASTER, bridgeIndex)).consistentRows();
    }

    /// The entries of a port, or of a tunnel link itself.
    public List<ForwardingEntry> ofPort(int linkIndex) {
        return dump(with(NeighbourAttributes.OUTPUT_LINK, linkIndex)).consistentRows();
    }

    /// All entries, and whether they were read in one piece.
    public Dump<ForwardingEntry> dump() {
        return dump(Attributes.empty(NeighbourAttributes.TABLE));
    }

    private static Attributes with(Attribute<Integer> attribute, int index) {
        return Attributes.build(NeighbourAttributes.TABLE, writer -> writer.put(attribute, index));
    }

    private Dump<ForwardingEntry> dump(Attributes filter) {
        NeighbourHeader header = new NeighbourHeader(ForwardingEntry.AF_BRIDGE, 0, 0, 0, 0);
        return Rows.dump(
                socket,
                NeighbourMessages.get(header, filter, "list", "forwarding entries"),
                ForwardingEntry::decode);
    }

    /// Follows the forwarding entries of a namespace.
    public static Watch<?, ForwardingEntry> watch(NetworkNamespace namespace) {
        return Watch.open(NetlinkProtocol.ROUTE, namespace, new WatchedForwardingEntries());
    }
}
