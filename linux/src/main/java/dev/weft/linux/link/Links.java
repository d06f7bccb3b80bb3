package dev.weft.linux.link;

import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkFlags;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Watch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The links of one namespace.
public final class Links {
    static final int RTM_NEWLINK = 16;
    static final int RTM_DELLINK = 17;
    private static final int RTM_GETLINK = 18;
    private static final int RTM_NEWLINKPROP = 108;
    private static final int RTM_DELLINKPROP = 109;
    private static final int MAX_ALTERNATIVE_NAME_BYTES = 127;

    private final NetlinkSocket socket;

    /// The links that a socket's namespace has.
    ///
    /// @param socket of [dev.weft.linux.netlink.NetlinkProtocol#ROUTE], which stays the caller's
    public Links(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Creates a link and tells what the kernel made of it.
    ///
    /// It may be asked for in another namespace ([LinkRequest#in]); then, or when its driver
    /// announces it itself (vxlan, geneve), it needs a name to be found again.
    ///
    /// @throws KernelException EEXIST when the name is taken, EOPNOTSUPP when this kernel lacks the
    ///   kind
    /// @throws InvalidRequestException for an alias in another namespace, which only that
    ///   namespace's links can set
    public Link create(LinkRequest request) {
        LinkCreation creation = new LinkCreation(request);
        List<NetlinkMessage> echo = send(creation, NetlinkFlags.ECHO);
        Link made =
                echo.isEmpty()
                        ? single(creation.lookup(new NamespaceIds(socket)), request.toString())
                        : Link.decode(echo.getFirst());
        return creation.alias().map(alias -> withAlias(made, alias)).orElse(made);
    }

    /// Creates a link in another namespace, whose own links are at hand: then that namespace needs
    /// no number here for the link to be found again.
    ///
    /// Before Linux 6.15 the kernel also looks for the name among the links here, which is EEXIST
    /// too; for a request that has an index ([LinkRequest#index]) it looks for that instead.
    ///
    /// @param request with the namespace ([LinkRequest#in]) and a name
    /// @param there the links of that namespace
    /// @throws KernelException EEXIST when the name is taken, EOPNOTSUPP when this kernel lacks the
    ///   kind
    public Link create(LinkRequest request, Links there) {
        LinkCreation creation = new LinkCreation(request);
        send(creation, 0);
        return there.single(creation.lookup(), request.toString());
    }

    private List<NetlinkMessage> send(LinkCreation creation, int flags) {
        LinkRequest request = creation.request();
        NetlinkRequest message =
                message(RTM_NEWLINK, request, "create", request.toString())
                        .with(NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE | flags);
        try {
            return socket.request(message);
        } catch (KernelException failed) {
            throw creation.explained(failed);
        }
    }

    private Link withAlias(Link made, String alias) {
        try {
            change(made.index(), LinkRequest.empty().alias(alias));
            return single(LinkRequest.empty().index(made.index()), "link " + made.index());
        } catch (KernelException failed) {
            delete(made.index());
            throw failed;
        }
    }

    /// Changes a link: what the request names, nothing else.
    ///
    /// - up or down: `LinkRequest.empty().up()`
    /// - another name: `LinkRequest.named("eth0")`, also while it is up since Linux 6.2
    /// - to another namespace: `LinkRequest.named("eth0").in(container)`; better create it there
    /// - what its kind or its master keeps: [LinkRequest#dataOf], [LinkRequest#portOf]
    public void change(int index, LinkRequest request) {
        socket.request(toChange(index, request));
    }

    /// What [#change] sends, for a [NetlinkSocket#batch].
    public static NetlinkRequest toChange(int index, LinkRequest request) {
        return message(RTM_NEWLINK, request.index(index), "change", "link " + index);
    }

    /// Changes every link of a group; none is no error.
    public void changeGroup(int group, LinkRequest request) {
        socket.request(message(RTM_NEWLINK, request.group(group), "change", "link group " + group));
    }

    /// Deletes a link. The kernel answers only after a grace period, 15 to 40 ms; see [#retire].
    public void delete(int index) {
        socket.request(
                message(RTM_DELLINK, LinkRequest.empty().index(index), "delete", "link " + index));
    }

    /// Makes a link useless at once, and leaves the waiting of its deletion to [#deleteGroup]. A
    /// port stays one: it forwards nothing while it is down, and to take it out as well would make
    /// this three times as long.
    ///
    /// @param group kept for this purpose; not 0
    public void retire(int index, int group) {
        change(index, LinkRequest.empty().down().group(group));
    }

    /// Deletes every link of a group, with one grace period for all; none is no error.
    ///
    /// @param group not 0, which the kernel refuses with EPERM
    public void deleteGroup(int group) {
        try {
            socket.request(
                    message(
                            RTM_DELLINK,
                            LinkRequest.empty().group(group),
                            "delete",
                            "link group " + group));
        } catch (KernelException failed) {
            if (!failed.is(Errno.ENODEV)) {
                throw failed;
            }
        }
    }

    /// Gives a link more names. They are found as its name is, and are unique in the namespace.
    ///
    /// @throws KernelException EEXIST when one is taken; those before it are then kept
    public void addNames(int index, List<String> names) {
        socket.request(
                names(RTM_NEWLINKPROP, index, names, "add names to")
                        .with(NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE | NetlinkFlags.APPEND));
    }

    /// Takes names away that [#addNames] gave.
    ///
    /// @throws KernelException ENOENT when the link has no such name
    public void removeNames(int index, List<String> names) {
        socket.request(names(RTM_DELLINKPROP, index, names, "remove names from"));
    }

    private static NetlinkRequest names(int type, int index, List<String> names, String operation) {
        names.forEach(Links::validAlternativeName);
        LinkRequest request =
                LinkRequest.empty().index(index).set(LinkAttributes.ALTERNATIVE_NAMES, names);
        return message(type, request, operation, "link " + index);
    }

    /// The link of an index.
    public Optional<Link> find(int index) {
        return found(LinkRequest.empty().index(index), "link " + index);
    }

    /// The link of a name or an alternative name.
    ///
    /// @throws InvalidRequestException when no link can have that name
    public Optional<Link> find(String name) {
        return found(
                LinkRequest.empty()
                        .set(LinkAttributes.ALTERNATIVE_NAME, validAlternativeName(name)),
                "link " + name);
    }

    private static String validAlternativeName(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_ALTERNATIVE_NAME_BYTES) {
            throw new InvalidRequestException(
                    "'" + name + "' cannot name a link: use 1 to 127 bytes, not " + bytes);
        }
        return name;
    }

    private Optional<Link> found(LinkRequest request, String object) {
        return socket.find(message(RTM_GETLINK, request, "find", object), Errno.ENODEV)
                .map(Link::decode);
    }

    private Link single(LinkRequest request, String object) {
        return Link.decode(socket.ask(message(RTM_GETLINK, request, "find", object)));
    }

    /// All links.
    ///
    /// @throws KernelException EINTR when they kept changing while they were read
    public List<Link> list() {
        return list(LinkFilter.all());
    }

    /// Some of the links.
    ///
    /// @throws KernelException EINTR when they kept changing while they were read
    public List<Link> list(LinkFilter filter) {
        return dump(filter).consistentRows();
    }

    /// Some of the links, and whether they were read in one piece.
    public Dump<Link> dump(LinkFilter filter) {
        LinkHeader any = new LinkHeader(0, 0, 0, 0, 0);
        Dump<Link> dump =
                socket.dump(
                        NetlinkRequest.of(
                                RTM_GETLINK, 0, any::encode, filter.attributes(), "list", "links"),
                        Link::decode);
        return new Dump<>(dump.rows().stream().filter(filter::admits).toList(), dump.consistent());
    }

    /// Follows the links of a namespace.
    public static Watch<Integer, Link> watch(NetworkNamespace namespace) {
        return Watch.open(NetlinkProtocol.ROUTE, namespace, new WatchedLinks());
    }

    private static NetlinkRequest message(
            int type, LinkRequest request, String operation, String object) {
        Attributes attributes = request.attributes();
        return NetlinkRequest.of(type, 0, request.header()::encode, attributes, operation, object);
    }
}
