package dev.weft.linux.namespace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;

/// The JDK's own channels with their socket in a namespace. A socket stays in the namespace it was
/// opened in, so afterwards they are used like any other, on any thread; what a server accepts is
/// in the server's namespace.
///
/// Only the opening happens inside. `java.net.Socket` would not do, as it opens its socket at a
/// later moment of its own choice; nor would a `Selector` or a client library, which start threads.
///
/// IPv4 alone: whether the JDK has IPv6 it decides once, by whether the process's own namespace has
/// any IPv6 address (`/proc/self/net/if_inet6`). One whose loopback is down has none.
public final class NamespaceSockets {
    private NamespaceSockets() {}

    /// Opening of a channel.
    private interface Opening<T> {
        T open() throws IOException;
    }

    /// A TCP socket, not connected.
    public static SocketChannel tcp(NetworkNamespace namespace) {
        return inside(namespace, () -> SocketChannel.open(StandardProtocolFamily.INET));
    }

    /// A TCP socket that listens.
    ///
    /// @throws UncheckedIOException when no link of the namespace has the address, or the port is
    ///   taken
    public static ServerSocketChannel tcpServer(NetworkNamespace namespace, SocketAddress local) {
        ServerSocketChannel server =
                inside(namespace, () -> ServerSocketChannel.open(StandardProtocolFamily.INET));
        return bound(server, local, () -> server.bind(local));
    }

    /// A UDP socket.
    ///
    /// @throws UncheckedIOException as [#tcpServer]
    public static DatagramChannel udp(NetworkNamespace namespace, SocketAddress local) {
        DatagramChannel socket =
                inside(namespace, () -> DatagramChannel.open(StandardProtocolFamily.INET));
        return bound(socket, local, () -> socket.bind(local));
    }

    private static <T> T inside(NetworkNamespace namespace, Opening<T> opening) {
        Supplier<T> supplier =
                () -> {
                    try {
                        return opening.open();
                    } catch (IOException refused) {
                        throw new UncheckedIOException(
                                "cannot open a socket in " + namespace, refused);
                    }
                };
        return namespace.open(supplier);
    }

    private static <T extends Channel> T bound(T channel, SocketAddress local, Opening<T> bind) {
        try {
            return bind.open();
        } catch (IOException refused) {
            UncheckedIOException failure =
                    new UncheckedIOException("cannot bind a socket to " + local, refused);
            try {
                channel.close();
            } catch (IOException second) {
                failure.addSuppressed(second);
            }
            throw failure;
        }
    }
}
