package dev.weft.plugins.site;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Request;
import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.namespace.Sysctls;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import java.nio.file.Path;
import java.util.Optional;

/// The namespace of the container that a request is about, for as long as the request takes.
public final class Container implements AutoCloseable {
    private final NetworkNamespace namespace;
    private final NetlinkSocket socket;

    private Container(NetworkNamespace namespace, NetlinkSocket socket) {
        this.namespace = namespace;
        this.socket = socket;
    }

    /// Opens it for ADD and CHECK, which need it.
    ///
    /// @throws CniException code 8 when it cannot be opened
    public static Container open(Request request) {
        String named = request.netns().orElse("");
        Path path =
                request.namespacePath()
                        .orElseThrow(() ->
                                new CniException(
                                        ErrorCode.INVALID_NAMESPACE,
                                        "no network namespace was given"));
        try {
            return of(NetworkNamespace.ofPath(path));
        } catch (KernelException | InvalidRequestException failed) {
            throw new CniException(
                    ErrorCode.INVALID_NAMESPACE,
                    "failed to open netns \"" + named + "\": " + failed.getMessage());
        }
    }

    /// Opens it for DEL: a namespace that is gone, or was never told, has taken everything with it.
    public static Optional<Container> find(Request request) {
        return request.namespacePath().flatMap(Container::find);
    }

    /// Opens a namespace, if the path leads to one.
    public static Optional<Container> find(Path path) {
        try {
            return Optional.of(of(NetworkNamespace.ofPath(path)));
        } catch (InvalidRequestException noNamespace) {
            return Optional.empty();
        } catch (KernelException failed) {
            if (failed.is(Errno.ENOENT) || failed.is(Errno.ENOTDIR)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static Container of(NetworkNamespace namespace) {
        try {
            return new Container(namespace, NetlinkSocket.open(NetlinkProtocol.ROUTE, namespace));
        } catch (KernelException failed) {
            namespace.close();
            throw failed;
        }
    }

    public NetworkNamespace namespace() {
        return namespace;
    }

    public NetlinkSocket socket() {
        return socket;
    }

    public Links links() {
        return new Links(socket);
    }

    /// An interface that must be there.
    ///
    /// @throws CniException when it has no interface of that name
    public Link requireLink(String name) {
        return links().find(name)
                .orElseThrow(() ->
                        new CniException(
                                ErrorCode.INVALID_ENVIRONMENT,
                                "the container has no interface \"" + name + '"'));
    }

    public Sysctls sysctls() {
        return namespace.sysctls();
    }

    @Override
    public void close() {
        socket.close();
        namespace.close();
    }
}
