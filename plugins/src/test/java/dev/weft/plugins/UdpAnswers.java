package dev.weft.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.linux.namespace.NamespaceSockets;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/// A server of UDP that answers everything with a word.
final class UdpAnswers implements AutoCloseable {
    private final DatagramChannel channel;

    private UdpAnswers(DatagramChannel channel) {
        this.channel = channel;
    }

    static UdpAnswers open(NetworkNamespace namespace, int port, String word) {
        UdpAnswers answers =
                new UdpAnswers(
                        NamespaceSockets.udp(namespace, new InetSocketAddress("0.0.0.0", port)));
        Thread.ofPlatform().daemon().start(() -> answers.serve(word));
        return answers;
    }

    private void serve(String word) {
        try {
            while (true) {
                SocketAddress from = channel.receive(ByteBuffer.allocate(16));
                channel.send(ByteBuffer.wrap(word.getBytes(UTF_8)), from);
            }
        } catch (ClosedChannelException closed) {
            // The test is over.
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
