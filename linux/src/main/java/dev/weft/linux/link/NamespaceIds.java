package dev.weft.linux.link;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import java.util.List;
import java.util.Optional;

/// The numbers by which one namespace knows others: what [LinkAttributes#LOWER_NAMESPACE] of a veth
/// refers to. A namespace gets its number when it is first needed, and keeps it while both live;
/// the kernel has no request to take it away.
public final class NamespaceIds {
    private static final int RTM_NEWNSID = 88;
    private static final int RTM_GETNSID = 90;
    private static final int HEADER_BYTES = 4;
    private static final int NONE = -1;

    private final NetlinkSocket socket;

    /// The numbers that a socket's namespace has given.
    ///
    /// @param socket of [dev.weft.linux.netlink.NetlinkProtocol#ROUTE], which stays the caller's
    public NamespaceIds(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// The number of a namespace, if it has one.
    public Optional<Integer> find(NetworkNamespace namespace) {
        return find(namespace.descriptor());
    }

    private Optional<Integer> find(int descriptor) {
        NetlinkMessage answer =
                socket.single(
                        request(RTM_GETNSID, of(descriptor), "find id of", object(descriptor)));
        return Optional.of(decode(answer)).filter(id -> id != NONE);
    }

    /// The number of a namespace, given to it now if need be.
    int obtain(int descriptor) {
        return find(descriptor)
                .orElseGet(() -> {
                    try {
                        assign(descriptor, NONE);
                    } catch (KernelException failed) {
                        // Somebody else was faster.
                        if (!failed.is(Errno.EEXIST)) {
                            throw failed;
                        }
                    }
                    return find(descriptor).orElseThrow();
                });
    }

    /// Gives a namespace a number of the kernel's choice.
    ///
    /// @return the number
    /// @throws KernelException EEXIST when it has one
    public int assign(NetworkNamespace namespace) {
        assign(namespace.descriptor(), NONE);
        return find(namespace).orElseThrow();
    }

    /// Gives a namespace a number.
    ///
    /// @param id 0 or above
    /// @throws KernelException EEXIST when it has one, or the number is taken
    public void assign(NetworkNamespace namespace, int id) {
        assign(namespace.descriptor(), id);
    }

    private void assign(int descriptor, int id) {
        Attributes attributes =
                of(descriptor).and(writer -> writer.put(NamespaceIdAttributes.ID, id));
        socket.request(request(RTM_NEWNSID, attributes, "assign id to", object(descriptor)));
    }

    private static String object(int descriptor) {
        return "namespace descriptor " + descriptor;
    }

    /// All numbers given.
    public List<Integer> list() {
        Attributes none = Attributes.empty(NamespaceIdAttributes.TABLE);
        return socket.dump(
                        request(RTM_GETNSID, none, "list", "namespace ids"), NamespaceIds::decode)
                .consistentRows();
    }

    private static Attributes of(int descriptor) {
        return Attributes.build(
                NamespaceIdAttributes.TABLE,
                writer -> writer.put(NamespaceIdAttributes.DESCRIPTOR, descriptor));
    }

    /// The header is a family alone (`struct rtgenmsg`), padded.
    private static NetlinkRequest request(
            int type, Attributes attributes, String operation, String object) {
        return NetlinkRequest.of(
                type, 0, header -> header.zeros(HEADER_BYTES), attributes, operation, object);
    }

    static int decode(NetlinkMessage message) {
        return Attributes.decode(NamespaceIdAttributes.TABLE, message.body().from(HEADER_BYTES))
                .orElse(NamespaceIdAttributes.ID, NONE);
    }
}
