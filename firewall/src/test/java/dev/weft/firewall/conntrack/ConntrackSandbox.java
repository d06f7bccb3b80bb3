package dev.weft.firewall.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.testkit.Command;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// A new network namespace whose loopback is up, its connections, and `conntrack` as the second
/// opinion on them. Closing it leaves nothing.
final class ConntrackSandbox implements AutoCloseable {
    static final InetAddress A = IpPrefix.parseAddress("10.0.0.1");
    static final InetAddress B = IpPrefix.parseAddress("10.0.0.2");
    static final InetAddress A6 = IpPrefix.parseAddress("fd00::1");
    static final InetAddress B6 = IpPrefix.parseAddress("fd00::2");

    private final NetworkNamespace namespace = NetworkNamespace.create();
    private final Conntrack conntrack = Conntrack.open(namespace);

    ConntrackSandbox() {
        try (NetlinkSocket route = NetlinkSocket.open(NetlinkProtocol.ROUTE, namespace)) {
            Links links = new Links(route);
            links.change(links.find("lo").orElseThrow().index(), LinkRequest.empty().up());
        }
        // The first question has the kernel load its module, which brings the sysctls.
        assertThat(conntrack.usage().entries()).isZero();
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    Conntrack conntrack() {
        return conntrack;
    }

    /// Has `nft` load a ruleset, which makes the namespace track connections.
    void load(String ruleset) {
        Command.of(inside("nft", "-f", "-"))
                .stdin(ruleset.getBytes(StandardCharsets.UTF_8))
                .run()
                .orFail();
    }

    /// What a program inside prints, to its success.
    String run(String... argv) {
        return Command.run(inside(argv)).orFail().stdout();
    }

    /// The lines that `conntrack` prints for a command, in order and without their timeouts, which
    /// run. It exits with 1 when it found nothing.
    List<String> theirs(String... arguments) {
        String[] argv =
                Stream.concat(Stream.of("conntrack"), Stream.of(arguments)).toArray(String[]::new);
        return untimed(Command.run(inside(argv)).stdout().lines());
    }

    /// The connections as text, as [#theirs].
    List<String> ours() {
        return text(conntrack.list());
    }

    static List<String> text(List<Connection> connections) {
        return untimed(connections.stream().map(Connection::toString));
    }

    private static List<String> untimed(Stream<String> lines) {
        return lines.map(line -> line.strip().replaceFirst("^(\\S+ +\\d+) \\d+ ", "$1 TIMEOUT "))
                .sorted()
                .toList();
    }

    private String[] inside(String... argv) {
        return Stream.concat(Stream.of("nsenter", "--net=" + namespace.path()), Stream.of(argv))
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        conntrack.close();
        namespace.close();
    }
}
