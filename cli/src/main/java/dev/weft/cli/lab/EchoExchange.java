package dev.weft.cli.lab;

import dev.weft.linux.namespace.NamespaceSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A TCP service that sends back what it gets, and a client of it, in two namespaces.
///
/// One thread plays both parts: the kernel completes a connection before the service accepts it,
/// and a short text fits the buffers.
final class EchoExchange implements AutoCloseable {
    private final ServerSocketChannel service;
    private final int limitMilliseconds;

    private EchoExchange(ServerSocketChannel service, Duration limit) {
        this.service = service;
        this.limitMilliseconds = (int) limit.toMillis();
    }

    /// Starts the service.
    ///
    /// @param limit for each step of an exchange
    static EchoExchange listen(Node node, int port, Duration limit) {
        InetSocketAddress everywhere = new InetSocketAddress(port);
        return new EchoExchange(NamespaceSockets.tcpServer(node.namespace(), everywhere), limit);
    }

    /// Sends a text and reads what comes back.
    String exchange(Node from, InetAddress address, int port, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (SocketChannel client = NamespaceSockets.tcp(from.namespace())) {
            client.socket().setSoTimeout(limitMilliseconds);
            client.socket().connect(new InetSocketAddress(address, port), limitMilliseconds);
            client.socket().getOutputStream().write(bytes);
            echoOnce(bytes.length);
            return read(client.socket(), bytes.length);
        }
    }

    private void echoOnce(int length) throws IOException {
        service.socket().setSoTimeout(limitMilliseconds);
        try (Socket accepted = service.socket().accept()) {
            accepted.setSoTimeout(limitMilliseconds);
            String text = read(accepted, length);
            accepted.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String read(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
