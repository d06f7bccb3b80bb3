package dev.weft.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.Command;
import dev.weft.cni.Configuration;
import dev.weft.cni.Diagnostics;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.Request;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.namespace.NamespaceSockets;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A host with a bridge and two containers on it, and somebody outside who knows the host alone:
///
/// ```
///   outside --- up0 [host] cni0 --- a   10.1.0.2  fd00:1::2
///   192.0.2.2   192.0.2.1     \---- b   10.1.0.3  fd00:1::3
///   2001:db8::2 2001:db8::1
/// ```
final class NatLab implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    final NetworkNamespace host = NetworkNamespace.create();
    final NetworkNamespace outside = NetworkNamespace.create();
    final NetworkNamespace a = NetworkNamespace.create();
    final NetworkNamespace b = NetworkNamespace.create();
    final Path records;
    final Site site;

    NatLab(Path directory) {
        records = directory;
        in(
                host,
                "ip link set lo up; ip link add cni0 type bridge; ip link set cni0 up"
                        + "; sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1"
                        + "; ip addr add 10.1.0.1/24 dev cni0"
                        + "; ip addr add fd00:1::1/64 dev cni0 nodad"
                        + "; ip link add up0 type veth peer name eth0 netns "
                        + fd(outside)
                        + "; ip link set up0 up; ip addr add 192.0.2.1/24 dev up0"
                        + "; ip addr add 2001:db8::1/64 dev up0 nodad");
        in(
                outside,
                "ip link set lo up; ip link set eth0 up; ip addr add 192.0.2.2/24 dev eth0"
                        + "; ip addr add 2001:db8::2/64 dev eth0 nodad");
        container(a, "va", "2");
        container(b, "vb", "3");
        site = Site.open(NetworkNamespace.ofPath(host.path()), directory, Steps.NONE);
    }

    private void container(NetworkNamespace container, String port, String number) {
        in(
                host,
                "ip link add "
                        + port
                        + " type veth peer name eth0 netns "
                        + fd(container)
                        + "; ip link set "
                        + port
                        + " master cni0; bridge link set dev "
                        + port
                        + " hairpin on; ip link set "
                        + port
                        + " up");
        in(
                container,
                "ip link set lo up; ip link set eth0 up; ip addr add 10.1.0."
                        + number
                        + "/24 dev eth0; ip addr add fd00:1::"
                        + number
                        + "/64 dev eth0 nodad; ip route add default via 10.1.0.1"
                        + "; ip -6 route add default via fd00:1::1");
    }

    static String fd(NetworkNamespace namespace) {
        return namespace.path().toString();
    }

    /// Runs commands of a shell inside.
    static String in(NetworkNamespace namespace, String script) {
        return dev.weft.testkit.Command.run(
                        "nsenter", "--net=" + namespace.path(), "sh", "-e", "-c", script)
                .orFail()
                .stdout();
    }

    /// A request about container a.
    Request request(Command command, String json) {
        return request(command, a, "c1", json);
    }

    Request request(Command command, NetworkNamespace container, String id, String json) {
        return new Request(
                command,
                new AttachmentId(id, "eth0"),
                Optional.of(container.path().toString()),
                Optional.empty(),
                "",
                new PluginDirectories(List.of(Path.of("/usr/lib/cni"))),
                Map.of(),
                Configuration.of(json(json)),
                new Diagnostics());
    }

    /// Skips a test where Debian's reference plugins are not installed.
    static void assumeReference(String type) {
        assumeTrue(
                Files.isExecutable(InterfaceLab.REFERENCE.resolve(type)),
                "the reference plugins are not installed");
    }

    /// Has the reference plugin of a type do something for container a.
    void reference(String type, String command, String json) {
        dev.weft.testkit.Command.of(
                        "nsenter",
                        "--net=" + host.path(),
                        "env",
                        "CNI_COMMAND=" + command,
                        "CNI_CONTAINERID=c1",
                        "CNI_IFNAME=eth0",
                        "CNI_NETNS=" + a.path(),
                        "CNI_PATH=" + InterfaceLab.REFERENCE,
                        InterfaceLab.REFERENCE.resolve(type).toString())
                .stdin(json.replace('\'', '"').getBytes(UTF_8))
                .run()
                .orFail();
    }

    static JsonObject json(String text) {
        return JsonText.parseObject(text.replace('\'', '"'), "configuration");
    }

    /// Who a server of TCP takes a client for; empty when the client gets no connection.
    static String peer(
            NetworkNamespace client, String to, NetworkNamespace server, int port, int listening) {
        return to.contains(":")
                ? peerOfSocat(client, to, server, port, listening)
                : peerOfChannel(client, to, server, port, listening);
    }

    private static String peerOfChannel(
            NetworkNamespace client, String to, NetworkNamespace server, int port, int listening) {
        try (ServerSocketChannel listener =
                        NamespaceSockets.tcpServer(
                                server, new InetSocketAddress("0.0.0.0", listening));
                SocketChannel socket = NamespaceSockets.tcp(client)) {
            socket.socket()
                    .connect(
                            new InetSocketAddress(InetAddress.ofLiteral(to), port),
                            (int) LIMIT.toMillis());
            try (SocketChannel accepted = listener.accept()) {
                return ((InetSocketAddress) accepted.getRemoteAddress())
                        .getAddress()
                        .getHostAddress();
            }
        } catch (java.net.ConnectException | java.net.SocketTimeoutException refused) {
            return "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The JDK has IPv6 only where the process's own namespace has an address.
    private static String peerOfSocat(
            NetworkNamespace client, String to, NetworkNamespace server, int port, int listening) {
        assumeTrue(dev.weft.testkit.Command.isInstalled("socat"), "socat is not installed");
        String script =
                "nsenter --net=$1 socat TCP6-LISTEN:$4,reuseaddr 'SYSTEM:echo $SOCAT_PEERADDR' &"
                        + " server=$!; until nsenter --net=$1 ss -Htln6 sport = :$4 | grep -q .; do"
                        + " :; done; nsenter --net=$2 socat -t 5 /dev/null,ignoreeof!!-"
                        + " TCP6:[$3]:$5,connect-timeout=5 2>/dev/null || true; kill $server"
                        + " 2>/dev/null; wait 2>/dev/null || true";
        String seen =
                dev.weft.testkit.Command.run(
                                "sh",
                                "-c",
                                script,
                                "sh",
                                fd(server),
                                fd(client),
                                to,
                                Integer.toString(listening),
                                Integer.toString(port))
                        .orFail()
                        .stdout()
                        .strip();
        return seen.isEmpty()
                ? ""
                : IpPrefix.textOf(IpPrefix.parseAddress(seen.replaceAll("[\\[\\]]", "")));
    }

    /// Sends a datagram, and tells what was answered by a server that answers with its own word.
    static String ask(DatagramChannel client, String to, int port) throws IOException {
        client.send(
                ByteBuffer.wrap(new byte[] {1}),
                new InetSocketAddress(InetAddress.ofLiteral(to), port));
        client.socket().setSoTimeout((int) LIMIT.toMillis());
        byte[] answer = new byte[16];
        java.net.DatagramPacket packet = new java.net.DatagramPacket(answer, answer.length);
        try {
            client.socket().receive(packet);
        } catch (java.net.SocketTimeoutException none) {
            return "";
        }
        return new String(answer, 0, packet.getLength(), UTF_8);
    }

    @Override
    public void close() {
        site.close();
        for (NetworkNamespace namespace : List.of(a, b, outside, host)) {
            namespace.close();
        }
    }
}
