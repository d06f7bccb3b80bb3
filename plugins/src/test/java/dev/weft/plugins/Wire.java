package dev.weft.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.linux.namespace.NamespaceSockets;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/// The wire that a node's `up0` is on, and whoever is at its other end.
///
/// @param namespace of the other end, `up1`
record Wire(NetworkNamespace namespace) {
    private static final int LIMIT_MILLIS = 10_000;
    private static final int PORT = 4000;

    /// The wire of a node.
    ///
    /// @param script that runs at the other end, where `up1` is up
    static Wire of(Node node, String script) {
        NetworkNamespace namespace = node.container();
        node.uplink();
        NatLab.in(node.host(), "ip link set up1 netns " + NatLab.fd(namespace));
        NatLab.in(namespace, "ip link set up1 up; " + script);
        return new Wire(namespace);
    }

    /// Somebody who answers with a word.
    static UdpAnswers answering(NetworkNamespace namespace, String word) {
        return UdpAnswers.open(namespace, PORT, word);
    }

    /// The word that comes back.
    static String ask(NetworkNamespace from, String address) throws IOException {
        try (DatagramChannel client =
                NamespaceSockets.udp(from, new InetSocketAddress("0.0.0.0", 0))) {
            client.socket().setSoTimeout(LIMIT_MILLIS);
            client.send(ByteBuffer.allocate(1), new InetSocketAddress(address, PORT));
            DatagramPacket answer = new DatagramPacket(new byte[16], 16);
            client.socket().receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), UTF_8);
        }
    }
}
