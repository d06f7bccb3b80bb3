package dev.weft.linux.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two namespaces, each with its own loopback.
final class NamespaceSocketsKernelIT {
    private Sandbox first;
    private Sandbox second;

    @BeforeEach
    void open() {
        first = new Sandbox();
        second = new Sandbox();
        first.run("ip", "link", "set", "lo", "up");
        second.run("ip", "link", "set", "lo", "up");
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void tcp_reachesTheServerOfItsNamespaceAlone() throws IOException {
        try (ServerSocketChannel server =
                        NamespaceSockets.tcpServer(first.namespace(), loopback(0));
                SocketChannel near = NamespaceSockets.tcp(first.namespace());
                SocketChannel far = NamespaceSockets.tcp(second.namespace())) {
            SocketAddress address = server.getLocalAddress();
            assertThatThrownBy(() -> far.connect(address)).isInstanceOf(ConnectException.class);
            near.connect(address);
            near.write(StandardCharsets.UTF_8.encode("你好"));
            try (SocketChannel accepted = server.accept()) {
                ByteBuffer buffer = ByteBuffer.allocate(16);
                accepted.read(buffer);
                assertThat(StandardCharsets.UTF_8.decode(buffer.flip()).toString()).isEqualTo("你好");
            }
            assertThat(first.run("ss", "-Htl"))
                    .contains(":" + ((InetSocketAddress) address).getPort());
            assertThat(second.run("ss", "-Htl")).isEmpty();
        }
    }

    @Test
    void samePort_inTwoNamespaces_isFree() throws IOException {
        try (DatagramChannel one = NamespaceSockets.udp(first.namespace(), loopback(5353));
                DatagramChannel two = NamespaceSockets.udp(second.namespace(), loopback(5353));
                DatagramChannel sender = NamespaceSockets.udp(second.namespace(), loopback(0))) {
            sender.send(ByteBuffer.wrap(new byte[] {7}), loopback(5353));
            ByteBuffer buffer = ByteBuffer.allocate(4);
            assertThat(two.receive(buffer)).isEqualTo(sender.getLocalAddress());
            assertThat(buffer.position()).isEqualTo(1);
            one.configureBlocking(false);
            assertThat(one.receive(ByteBuffer.allocate(4))).isNull();
        }
    }

    @Test
    void bind_toTakenPort_saysWhichAndLeavesNothing() throws IOException {
        try (DatagramChannel one = NamespaceSockets.udp(first.namespace(), loopback(5353))) {
            assertThat(one.isOpen()).isTrue();
            assertThatThrownBy(() -> NamespaceSockets.udp(first.namespace(), loopback(5353)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("cannot bind a socket to localhost/127.0.0.1:5353");
        }
    }

    /// A thread that is born inside stays there, and everything that it does later.
    @Test
    void open_startsNoThread() throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (ServerSocketChannel server =
                        NamespaceSockets.tcpServer(first.namespace(), loopback(0));
                SocketChannel client = NamespaceSockets.tcp(first.namespace());
                DatagramChannel udp = NamespaceSockets.udp(first.namespace(), loopback(0))) {
            assertThat(List.of(server.isOpen(), client.isOpen(), udp.isOpen())).containsOnly(true);
            Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
            after.removeAll(before);
            assertThat(after).isEmpty();
        }
    }
}
