package dev.weft.linux.link;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkFlags;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import java.util.List;
import java.util.Optional;

/// The links of one namespace.
public final class Links {
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_DELLINK = 17;
    private static final int RTM_GETLINK = 18;
    private static final int MAX_NAME_BYTES = 15;

    private final NetlinkSocket socket;

    /// The links that a socket's namespace has.
    ///
    /// @param socket of [dev.weft.linux.netlink.NetlinkProtocol#ROUTE], which stays the caller's
    public Links(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Creates a link and tells what the kernel made of it.
    ///
    /// @throws KernelException EEXIST when the name is taken, EOPNOTSUPP when this kernel lacks the
    ///   kind
    public Link create(LinkRequest request) {
        return Link.decode(
                socket.single(
                        message(RTM_NEWLINK, request, "create", request.toString())
                                .with(
                                        NetlinkFlags.CREATE
                                                | NetlinkFlags.EXCLUSIVE
                                                | NetlinkFlags.ECHO)));
    }

    /// Changes a link: what the request names, nothing else.
    public void change(int index, LinkRequest request) {
        socket.request(message(RTM_NEWLINK, request.index(index), "change", "link " + index));
    }

    /// Deletes a link. The kernel answers only after a grace period, 15 to 40 ms; see
    /// [LinkAttributes#GROUP] for deleting many at once.
    public void delete(int index) {
        socket.request(
                message(RTM_DELLINK, LinkRequest.empty().index(index), "delete", "link " + index));
    }

    /// The link of an index.
    public Optional<Link> find(int index) {
        return found(LinkRequest.empty().index(index), "link " + index);
    }

    /// The link of a name or an alternative name.
    public Optional<Link> find(String name) {
        LinkRequest request =
                name.length() <= MAX_NAME_BYTES
                        ? LinkRequest.named(name)
                        : LinkRequest.empty().set(LinkAttributes.ALTERNATIVE_NAME, name);
        return found(request, "link " + name);
    }

    private Optional<Link> found(LinkRequest request, String object) {
        try {
            return Optional.of(
                    Link.decode(socket.single(message(RTM_GETLINK, request, "find", object))));
        } catch (KernelException failed) {
            if (failed.is(Errno.ENODEV)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /// All links.
    ///
    /// @throws KernelException EINTR when they kept changing while they were read
    public List<Link> list() {
        return dump().consistentRows();
    }

    /// All links, and whether they were read in one piece.
    public Dump<Link> dump() {
        return socket.dump(
                message(RTM_GETLINK, LinkRequest.empty(), "list", "links"), Link::decode);
    }

    private static NetlinkRequest message(
            int type, LinkRequest request, String operation, String object) {
        Attributes attributes = request.attributes();
        return NetlinkRequest.of(type, 0, request.header()::encode, attributes, operation, object);
    }
}
