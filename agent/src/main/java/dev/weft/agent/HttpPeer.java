package dev.weft.agent;

import dev.weft.linux.unix.UnixConnection;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// Who asks over HTTP, whichever kind of socket it came by.
interface HttpPeer extends AutoCloseable {
    /// How long it may take for each piece.
    Duration LIMIT = Duration.ofSeconds(2);

    /// What it says next; nothing at the end.
    byte[] receive(int most) throws IOException;

    void send(byte[] bytes) throws IOException;

    @Override
    void close() throws IOException;

    static HttpPeer of(UnixConnection connection) {
        return new HttpPeer() {
            @Override
            public byte[] receive(int most) {
                return connection.receiveSome(most, LIMIT);
            }

            @Override
            public void send(byte[] bytes) {
                connection.send(bytes, LIMIT);
            }

            @Override
            public void close() {
                connection.close();
            }
        };
    }

    /// Reading is limited; what is sent is small and fits the kernel's buffer.
    static HttpPeer of(SocketChannel channel) throws IOException {
        Socket socket = channel.socket();
        socket.setSoTimeout((int) LIMIT.toMillis());
        return new HttpPeer() {
            @Override
            public byte[] receive(int most) throws IOException {
                byte[] bytes = new byte[most];
                int received = socket.getInputStream().read(bytes);
                return java.util.Arrays.copyOf(bytes, Math.max(0, received));
            }

            @Override
            public void send(byte[] bytes) throws IOException {
                socket.getOutputStream().write(bytes);
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }
}
