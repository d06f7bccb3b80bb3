package dev.weft.agent;

import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NamespaceSockets;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.unix.UnixConnection;
import dev.weft.linux.unix.UnixListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sockets of an [HttpEndpoint]: one of the Unix domain and, if wanted, a port of the loopback
/// interface. A thread each, which serves one reader after the other.
final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int OWNER_ONLY = 0600;
    private static final int BACKLOG = 16;

    private final HttpEndpoint endpoint;
    private final UnixListener listener;
    private final @Nullable ServerSocketChannel port;

    private HttpServer(
            HttpEndpoint endpoint, UnixListener listener, @Nullable ServerSocketChannel port) {
        this.endpoint = endpoint;
        this.listener = listener;
        this.port = port;
    }

    /// Begins to serve.
    ///
    /// @param socket the path
    /// @param number of the port, or 0 for none
    /// @throws KernelException EADDRINUSE when somebody listens at the path
    /// @throws UncheckedIOException when the port is taken
    static HttpServer start(HttpEndpoint endpoint, Path socket, int number) {
        UnixListener listener = UnixListener.open(socket, OWNER_ONLY, BACKLOG);
        try {
            HttpServer server =
                    new HttpServer(endpoint, listener, number == 0 ? null : listen(number));
            thread("http socket", server::serveSocket);
            if (server.port != null) {
                thread("http port", server::servePort);
            }
            return server;
        } catch (UncheckedIOException taken) {
            listener.close();
            throw taken;
        }
    }

    private static ServerSocketChannel listen(int number) {
        try (NetworkNamespace own = NetworkNamespace.current()) {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            return NamespaceSockets.tcpServer(own, new InetSocketAddress(loopback, number));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void thread(String name, Runnable action) {
        Thread.ofPlatform().name(name).daemon().start(action);
    }

    private void serveSocket() {
        for (Optional<UnixConnection> next = listener.accept();
                next.isPresent();
                next = listener.accept()) {
            serve(HttpPeer.of(next.get()));
        }
    }

    private void servePort() {
        while (port != null && port.isOpen()) {
            try {
                SocketChannel channel = port.accept();
                serve(HttpPeer.of(channel));
            } catch (IOException closed) {
                LOG.debug("the port of health and metrics is closed: {}", closed.toString());
            }
        }
    }

    /// A reader that goes away, or is slow, is of no interest.
    private void serve(HttpPeer peer) {
        try (peer) {
            endpoint.serve(peer);
        } catch (IOException | KernelException gone) {
            LOG.debug("a reader of health or metrics is gone: {}", gone.toString());
        } catch (RuntimeException bug) {
            LOG.error("health or metrics could not be told", bug);
        }
    }

    @Override
    public void close() {
        listener.close();
        try {
            if (port != null) {
                port.close();
            }
        } catch (IOException failed) {
            LOG.debug("cannot close the port of health and metrics: {}", failed.toString());
        }
    }
}
