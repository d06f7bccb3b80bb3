package dev.weft.linux.route;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkFlags;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Watch;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The next hop objects of one namespace. The kernel has them since 5.3, groups included.
public final class NextHops {
    static final int RTM_NEWNEXTHOP = 104;
    static final int RTM_DELNEXTHOP = 105;
    private static final int RTM_GETNEXTHOP = 106;

    private final NetlinkSocket socket;

    /// The next hops that a socket's namespace has.
    ///
    /// @param socket of [NetlinkProtocol#ROUTE], which stays the caller's
    public NextHops(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Makes a next hop and tells what the kernel made of it, its number above all.
    ///
    /// @throws KernelException EEXIST when the number is taken
    public NextHop add(NextHopRequest request) {
        int flags = NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE | NetlinkFlags.ECHO;
        return NextHop.decode(socket.single(make(flags, "add", request)));
    }

    /// Makes a next hop, or changes the one of its number with all routes that use it. A group
    /// cannot take the place of a single one, nor the other way round.
    public void replace(NextHopRequest request) {
        socket.request(make(NetlinkFlags.CREATE | NetlinkFlags.REPLACE, "replace", request));
    }

    private static NetlinkRequest make(int flags, String operation, NextHopRequest request) {
        return NetlinkRequest.of(
                RTM_NEWNEXTHOP,
                flags,
                request::header,
                request.attributes(),
                operation,
                request.toString());
    }

    /// Deletes a next hop, the routes that use it, and its places in groups.
    ///
    /// @throws KernelException ENOENT when there is none of the number
    public void delete(long id) {
        socket.request(
                byHand(
                        RTM_DELNEXTHOP,
                        "delete",
                        "next hop " + id,
                        writer -> writer.put(NextHopAttributes.ID, id)));
    }

    /// The next hop of a number.
    public Optional<NextHop> find(long id) {
        try {
            NetlinkRequest request =
                    byHand(
                            RTM_GETNEXTHOP,
                            "find",
                            "next hop " + id,
                            writer -> writer.put(NextHopAttributes.ID, id));
            return Optional.of(NextHop.decode(socket.single(request)));
        } catch (KernelException failed) {
            if (failed.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /// All next hops.
    ///
    /// @throws KernelException EINTR when they kept changing while they were read
    public List<NextHop> list() {
        return dump(writer -> {}).consistentRows();
    }

    /// Those that leave by a link, groups not included.
    public List<NextHop> list(int outputLink) {
        return dump(writer -> writer.put(NextHopAttributes.OUTPUT_LINK, outputLink))
                .consistentRows();
    }

    /// The groups.
    public List<NextHop> groups() {
        return dump(writer -> writer.put(NextHopAttributes.GROUPS, true)).consistentRows();
    }

    /// All next hops, and whether they were read in one piece.
    public Dump<NextHop> dump() {
        return dump(writer -> {});
    }

    private Dump<NextHop> dump(Consumer<AttributeWriter> filter) {
        return socket.dump(byHand(RTM_GETNEXTHOP, "list", "next hops", filter), NextHop::decode);
    }

    private static NetlinkRequest byHand(
            int type, String operation, String object, Consumer<AttributeWriter> content) {
        return NetlinkRequest.of(
                type,
                0,
                writer -> writer.zeros(NextHop.HEADER_BYTES),
                Attributes.build(NextHopAttributes.TABLE, content),
                operation,
                object);
    }

    /// Follows the next hops of a namespace.
    public static Watch<?, NextHop> watch(NetworkNamespace namespace) {
        return Watch.open(NetlinkProtocol.ROUTE, namespace, new WatchedNextHops());
    }
}
